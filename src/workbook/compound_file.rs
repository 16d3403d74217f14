//! The compound file an xls is (after [MS-CFB]): the one stream that holds the workbook, found without trusting what the file says.
//!
//! Programs write these files loosely, more so than the crates for them allow (a table of links longer than the file is usual), and a
//! damaged one can send a trusting reader in circles.

use crate::workbook::error::ReadError;

const SECTOR_FREE: u32 = 0xffff_fffa;
/// The kind of a directory entry with content.
const STREAM: u8 = 2;

/// The stream of the compound file that holds the workbook's records; none where the file does not hold together.
///
/// # Errors
/// [`ReadError::Damaged`] where sectors follow each other in a circle: calamine would follow them until no memory is left.
pub(crate) fn workbook_stream(bytes: &[u8]) -> Result<Option<Vec<u8>>, ReadError> {
    let Some(file) = CompoundFile::open(bytes)? else { return Ok(None) };
    let mut found = None;
    for entry in file.directory.chunks_exact(128).filter(|entry| entry.get(66) == Some(&STREAM)) {
        let stream = file.stream(entry)?;
        if ["Workbook", "Book"].iter().any(|name| is_named(entry, name)) && found.is_none() {
            found = Some(stream);
        }
    }
    Ok(found)
}

fn is_named(entry: &[u8], name: &str) -> bool {
    let length = usize::from(u16_at(entry, 64).unwrap_or(0)).saturating_sub(2);
    let wanted: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    entry.get(..length).is_some_and(|found| found.eq_ignore_ascii_case(&wanted))
}

/// A compound file: sectors, which of them follows which, and the same for the small sectors inside one of its streams.
struct CompoundFile<'a> {
    bytes: &'a [u8],
    sector: usize,
    links: Vec<u32>,
    directory: Vec<u8>,
    small: Vec<u8>,
    small_sector: usize,
    small_links: Vec<u32>,
    /// Streams below this size lie in small sectors.
    smallest: usize,
}

impl<'a> CompoundFile<'a> {
    fn open(bytes: &'a [u8]) -> Result<Option<CompoundFile<'a>>, ReadError> {
        let (Some(sector), Some(small_sector)) = (u16_at(bytes, 30), u16_at(bytes, 32)) else { return Ok(None) };
        let mut file = CompoundFile {
            bytes,
            sector: 1 << sector.min(16),
            links: Vec::new(),
            directory: Vec::new(),
            small: Vec::new(),
            small_sector: 1 << small_sector.min(12),
            small_links: Vec::new(),
            smallest: u32_at(bytes, 56).unwrap_or(0) as usize,
        };
        let field = |at: usize| u32_at(bytes, at).unwrap_or(u32::MAX);
        for id in file.link_sectors(field(68))? {
            file.links.extend(words(sector_at(bytes, file.sector, id).unwrap_or_default()));
        }
        file.directory = file.chain(field(48), usize::MAX)?;
        let small_sectors = field(64) as usize;
        if small_sectors > 0 {
            // They lie in the stream of the directory's first entry.
            let of_root = |at: usize| u32_at(&file.directory, at).unwrap_or(u32::MAX);
            file.small = file.chain(of_root(116), of_root(120) as usize)?;
            file.small_links = words(&file.chain(field(60), small_sectors.saturating_mul(file.sector))?);
        }
        Ok(Some(file))
    }

    /// The sectors that hold the links: the first 109 are named in the header, the rest in sectors of their own.
    fn link_sectors(&self, mut next: u32) -> Result<Vec<u32>, ReadError> {
        let mut ids: Vec<u32> = (0..109).filter_map(|index| u32_at(self.bytes, 76 + 4 * index)).collect();
        let most = self.bytes.len() / self.sector + 1;
        let mut visited = 0;
        while let Some(part) = sector_at(self.bytes, self.sector, next).filter(|_| next < SECTOR_FREE) {
            visited += 1;
            if visited > most {
                return Err(in_a_circle());
            }
            let mut part = words(part);
            next = part.pop().unwrap_or(u32::MAX);
            ids.extend(part);
        }
        ids.retain(|id| *id < SECTOR_FREE);
        ids.truncate(most);
        Ok(ids)
    }

    fn chain(&self, start: u32, size: usize) -> Result<Vec<u8>, ReadError> {
        chain(start, size, &self.links, |id| sector_at(self.bytes, self.sector, id))
    }

    fn stream(&self, entry: &[u8]) -> Result<Vec<u8>, ReadError> {
        let (start, size) = (u32_at(entry, 116).unwrap_or(u32::MAX), u32_at(entry, 120).unwrap_or(0) as usize);
        if size >= self.smallest {
            return self.chain(start, size);
        }
        let at = |id: u32| (id as usize).checked_mul(self.small_sector);
        // The last one may be cut.
        let end = |start: usize| Some(start.checked_add(self.small_sector)?.min(self.small.len()));
        chain(start, size, &self.small_links, |id| self.small.get(at(id)?..end(at(id)?)?))
    }
}

/// The sectors of a chain end to end, as many as hold `size` bytes.
fn chain<'a>(start: u32, size: usize, links: &[u32], sector: impl Fn(u32) -> Option<&'a [u8]>) -> Result<Vec<u8>, ReadError> {
    let (mut out, mut id) = (Vec::new(), start);
    for _ in 0..=links.len() {
        let (Some(part), Some(next)) = (sector(id).filter(|_| id < SECTOR_FREE), links.get(id as usize)) else { return Ok(out) };
        out.extend_from_slice(part);
        if out.len() >= size {
            out.truncate(size);
            return Ok(out);
        }
        id = *next;
    }
    Err(in_a_circle())
}

fn in_a_circle() -> ReadError {
    ReadError::Damaged("the sectors of the compound file follow each other in a circle".to_owned())
}

fn words(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).filter_map(|four| u32_at(four, 0)).collect()
}

/// The first sector stands after the header, which takes the room of one.
fn sector_at(bytes: &[u8], size: usize, id: u32) -> Option<&[u8]> {
    let start = (id as usize).checked_add(1)?.checked_mul(size)?;
    // The last one may be cut.
    bytes.get(start..start.checked_add(size)?.min(bytes.len()))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}

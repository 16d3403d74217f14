//! The first stage of the single file. The page holds the app as LZMA, which browsers do not unpack; this small module does.
//!
//! boot.js takes room with `allocate`, puts the packed bytes there, and calls `read` until it says 0: each call leaves the next
//! piece at `piece`. So the browser compiles the beginning while the rest is still being unpacked.

use lzma_rust2::LzmaReader;
use std::io::{Cursor, Result};

/// Reads what is packed in an .lzma file whose header says its size. Damage is an error, at the latest at the end.
pub fn open(packed: Vec<u8>) -> Result<LzmaReader<Cursor<Vec<u8>>>> {
    let mut reader = LzmaReader::new_mem_limit(Cursor::new(packed), u32::MAX, None)?;
    // The decoder's last state then serves as the checksum that the format lacks.
    reader.set_relaxed_end_condition(false);
    Ok(reader)
}

/// What boot.js calls. One page has one app, so that there is one of each.
#[cfg(target_arch = "wasm32")]
#[allow(unsafe_code)] // for the names of the exports alone
mod exports {
    use lzma_rust2::LzmaReader;
    use std::io::{Cursor, Read, Result};
    use std::sync::Mutex;

    struct Unpacker {
        packed: Vec<u8>,
        reader: Option<Box<LzmaReader<Cursor<Vec<u8>>>>>,
        piece: Vec<u8>,
    }

    static UNPACKER: Mutex<Unpacker> = Mutex::new(Unpacker { packed: Vec::new(), reader: None, piece: Vec::new() });

    /// Room for so many packed bytes.
    #[unsafe(no_mangle)]
    extern "C" fn allocate(length: usize) -> *mut u8 {
        UNPACKER.lock().map_or(std::ptr::null_mut(), |mut unpacker| {
            unpacker.packed = vec![0; length];
            unpacker.packed.as_mut_ptr()
        })
    }

    /// Unpacks the next piece; how many bytes it has, 0 after the last, -1 when what is packed is damaged.
    #[unsafe(no_mangle)]
    extern "C" fn read() -> i32 {
        UNPACKER.lock().ok().and_then(|mut unpacker| unpacker.read().ok()).and_then(|length| i32::try_from(length).ok()).unwrap_or(-1)
    }

    /// Where the piece lies.
    #[unsafe(no_mangle)]
    extern "C" fn piece() -> *const u8 {
        UNPACKER.lock().map_or(std::ptr::null(), |unpacker| unpacker.piece.as_ptr())
    }

    impl Unpacker {
        fn read(&mut self) -> Result<usize> {
            let reader = match &mut self.reader {
                Some(reader) => reader,
                none => {
                    self.piece = vec![0; 1 << 18];
                    none.insert(Box::new(super::open(std::mem::take(&mut self.packed))?))
                }
            };
            reader.read(&mut self.piece)
        }
    }
}

//! Rows joined into persons: disjoint sets.

/// A partition of rows into persons.
#[derive(Clone, Debug, Default)]
pub struct Clusters {
    parent: Vec<u32>,
}

impl Clusters {
    /// Every row its own person.
    pub fn singletons(rows: usize) -> Clusters {
        Clusters { parent: (0..rows as u32).collect() }
    }

    /// The row that stands for the person of `row`: the person's first row.
    pub fn find(&mut self, row: u32) -> u32 {
        let mut root = row;
        while self.parent[root as usize] != root {
            root = self.parent[root as usize];
        }
        let mut at = row;
        while self.parent[at as usize] != root {
            at = std::mem::replace(&mut self.parent[at as usize], root);
        }
        root
    }

    /// Says that two rows are one person.
    pub fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.find(a), self.find(b));
        // The smaller row stands for the person, so the result does not depend on the order of the joins.
        let (low, high) = if a < b { (a, b) } else { (b, a) };
        self.parent[high as usize] = low;
    }

    /// Numbers the persons 0, 1, … in the order of their first rows: the person of each row, and how many there are.
    pub fn numbered(&mut self) -> (Vec<u32>, usize) {
        let mut numbers = vec![0u32; self.parent.len()];
        let mut count = 0u32;
        for row in 0..self.parent.len() as u32 {
            let root = self.find(row);
            if root == row {
                numbers[row as usize] = count;
                count += 1;
            } else {
                numbers[row as usize] = numbers[root as usize];
            }
        }
        (numbers, count as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn equals_naive_union_whatever_the_order(edges in proptest::collection::vec((0u32..12, 0u32..12), 0..20)) {
            let mut naive: Vec<u32> = (0..12).collect();
            for (a, b) in &edges {
                let (from, to) = (naive[*a as usize].max(naive[*b as usize]), naive[*a as usize].min(naive[*b as usize]));
                for label in &mut naive {
                    if *label == from { *label = to; }
                }
            }
            let mut forward = Clusters::singletons(12);
            edges.iter().for_each(|(a, b)| forward.join(*a, *b));
            let mut backward = Clusters::singletons(12);
            edges.iter().rev().for_each(|(a, b)| backward.join(*b, *a));
            for row in 0..12 {
                prop_assert_eq!(forward.find(row), naive[row as usize]);
                prop_assert_eq!(backward.find(row), naive[row as usize]);
            }
        }
    }
}

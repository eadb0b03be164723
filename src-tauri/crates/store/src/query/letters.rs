//! Where each letter begins in the list of all contacts.

use crate::error::StoreError;
use crate::store::Reader;
use crate::table::contact;

impl Reader<'_> {
    /// Each heading with the row number of its first contact, in the order of the list.
    ///
    /// # Errors
    /// Where the cache can't be read.
    pub fn letters(&self) -> Result<Vec<(char, usize)>, StoreError> {
        let beginnings = self.run(contact::beginnings)?;
        let mut letters: Vec<(char, usize)> = Vec::new();
        let mut offset = 0;
        for (letter, count) in beginnings {
            if letters.last().is_none_or(|(last, _)| *last != letter) {
                letters.push((letter, offset));
            }
            offset += count;
        }
        Ok(letters)
    }
}

//! A column whose values are made of other columns when they are asked for.

use std::{
    fmt,
    sync::{Arc, OnceLock},
};

/// Values that are made, one by one or all at once.
#[derive(Clone)]
pub(super) struct Made<T> {
    count: usize,
    value: Arc<dyn Fn(usize) -> T + Send + Sync>,
    whole: OnceLock<Box<[T]>>,
}

impl<T> fmt::Debug for Made<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Made({})", self.count)
    }
}

impl<T> Made<T> {
    pub(super) fn of(count: usize, value: impl Fn(usize) -> T + Send + Sync + 'static) -> Self {
        Self { count, value: Arc::new(value), whole: OnceLock::new() }
    }

    pub(super) fn len(&self) -> usize {
        self.count
    }

    pub(super) fn at(&self, row: usize) -> T {
        (self.value)(row)
    }

    /// All values, which are kept from then on.
    pub(super) fn whole(&self) -> &[T] {
        self.whole.get_or_init(|| (0..self.count).map(|row| (self.value)(row)).collect())
    }
}

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
    /// All of them, where that is less work than one by one.
    all: Option<Arc<dyn Fn() -> Vec<T> + Send + Sync>>,
    whole: OnceLock<Box<[T]>>,
}

impl<T> fmt::Debug for Made<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Made({})", self.count)
    }
}

impl<T> Made<T> {
    pub(super) fn of(count: usize, value: impl Fn(usize) -> T + Send + Sync + 'static) -> Self {
        Self { count, value: Arc::new(value), all: None, whole: OnceLock::new() }
    }

    /// The same with all at once, as many as were said.
    pub(super) fn with_all(mut self, all: impl Fn() -> Vec<T> + Send + Sync + 'static) -> Self {
        self.all = Some(Arc::new(all));
        self
    }

    pub(super) fn len(&self) -> usize {
        self.count
    }

    pub(super) fn at(&self, row: usize) -> T
    where
        T: Copy,
    {
        self.whole.get().map_or_else(|| (self.value)(row), |whole| whole[row])
    }

    /// All values, which are kept from then on.
    pub(super) fn whole(&self) -> &[T] {
        self.whole.get_or_init(|| match &self.all {
            Some(all) => all().into(),
            None => (0..self.count).map(|row| (self.value)(row)).collect(),
        })
    }
}

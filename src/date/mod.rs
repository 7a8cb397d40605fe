//! Dates as sources give them, the days they allow, and how surely a tie held in a window.

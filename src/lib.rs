//! Rà Soát.

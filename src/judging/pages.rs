//! The judge's pages, ready to print.

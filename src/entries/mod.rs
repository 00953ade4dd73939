//! The named side: drafts, entries, receipts, screening.

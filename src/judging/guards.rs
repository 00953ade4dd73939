//! Proofs about a judge and a paper.

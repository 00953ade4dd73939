//! Prizes, the seal, the opening, decisions on collectives, publication.

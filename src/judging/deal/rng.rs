//! Random numbers that can be replayed: xoshiro256** (Blackman and Vigna), from a 32-byte seed.

/// One stream of numbers.
pub struct Rng([u64; 4]);

impl Rng {
    /// From a seed; an all-zero one, which the generator could not leave, is moved off zero.
    pub fn new(seed: &[u8; 32]) -> Rng {
        let mut state = [0_u64; 4];
        for (word, bytes) in state.iter_mut().zip(seed.chunks_exact(8)) {
            *word = bytes.iter().fold(0, |n, b| (n << 8) | u64::from(*b));
        }
        if state == [0; 4] {
            state = [0x9E37_79B9_7F4A_7C15, 1, 2, 3];
        }
        Rng(state)
    }

    fn next(&mut self) -> u64 {
        let [a, b, c, d] = self.0;
        let out = b.wrapping_mul(5).rotate_left(7).wrapping_mul(9);
        let (c, d) = (c ^ a, d ^ b);
        self.0 = [a ^ d, b ^ c, c ^ (b << 17), d.rotate_left(45)];
        out
    }

    /// Uniform in `0..n`; 0 for n = 0. By multiplication, redrawn where that would favour a value.
    pub fn below(&mut self, n: usize) -> usize {
        let n = n as u64;
        if n == 0 {
            return 0;
        }
        loop {
            let wide = u128::from(self.next()) * u128::from(n);
            let low = wide as u64;
            if low >= n.wrapping_neg() % n {
                return (wide >> 64) as usize;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_tells_the_whole_stream_and_every_value_is_as_likely() {
        let draw = |seed: u8| {
            let mut rng = Rng::new(&[seed; 32]);
            (0..6000).map(|_| rng.below(6)).collect::<Vec<_>>()
        };
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
        for value in 0..6 {
            let n = draw(3).iter().filter(|v| **v == value).count();
            assert!((850..1150).contains(&n), "{value}: {n}");
        }
    }
}

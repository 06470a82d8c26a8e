//! Which reps and customers are connected through ratings, and whether the ratings are exact sums: union-find (Tarjan, 1975), in which
//! each node also knows how far its value is above its parent's.

/// The connected groups of kept and eliminated levels, numbered from 0 by their first rep.
#[derive(Clone, Debug, Default)]
pub(in crate::score) struct Groups {
    pub(in crate::score) number: usize,
    /// Of each kept level; none for one without ratings.
    pub(super) kept: Vec<Option<u32>>,
    /// Of each eliminated level; none for one without ratings.
    pub(super) eliminated: Vec<Option<u32>>,
}

/// Kept levels, then eliminated ones, being linked.
pub(in crate::score) struct Linked {
    kept: usize,
    parents: Vec<u32>,
    sizes: Vec<u32>,
    /// How far each node's value is above its parent's, as long as the ratings are exact sums: a kept level's value is its own, an
    /// eliminated one's is the negative, so that a rating is the difference of two.
    above: Vec<f64>,
    /// How far a rating may be off to count as exact; none once one was not.
    rounding: Option<f64>,
}

impl Linked {
    pub(in crate::score) fn new(kept: usize, eliminated: usize) -> Self {
        let nodes = kept + eliminated;
        let parents = (0..).take(nodes).collect();
        Self { kept, parents, sizes: vec![1; nodes], above: Vec::new(), rounding: None }
    }

    /// Looks out for ratings that are not sums of two values to within `rounding`.
    pub(super) fn expect_exact(&mut self, rounding: f64) {
        self.above = vec![0.0; self.parents.len()];
        self.rounding = Some(rounding);
    }

    /// The two levels share ratings of this mean.
    pub(in crate::score) fn link(&mut self, kept: u32, eliminated: usize, mean: f64) {
        let (a, height_a) = self.find(kept as usize);
        let (b, height_b) = self.find(self.kept + eliminated);
        if a == b {
            self.rounding = self.rounding.filter(|rounding| (height_a - height_b - mean).abs() <= *rounding);
            return;
        }
        let (child, parent, above) =
            if self.sizes[a] < self.sizes[b] { (a, b, mean + height_b - height_a) } else { (b, a, height_a - mean - height_b) };
        self.parents[child] = u32::try_from(parent).expect("as many levels as an index counts");
        self.sizes[parent] += self.sizes[child];
        if self.rounding.is_some() {
            self.above[child] = above;
        }
    }

    /// The root of a node's group, and how far the node's value is above it.
    fn find(&mut self, mut node: usize) -> (usize, f64) {
        let exact = self.rounding.is_some();
        let mut height = 0.0;
        loop {
            let parent = self.parents[node] as usize;
            let grandparent = self.parents[parent] as usize;
            if exact {
                // A root is 0 above itself.
                self.above[node] += self.above[parent];
                height += self.above[node];
            }
            self.parents[node] = self.parents[parent];
            if parent == grandparent {
                return (grandparent, height);
            }
            node = grandparent;
        }
    }

    /// The groups of the levels that have ratings, numbered by the eliminated ones where reps are, and the values of kept and eliminated
    /// levels where the ratings are exact sums.
    pub(in crate::score) fn finish(mut self, kept: &[u32], eliminated: &[u32], swapped: bool) -> (Groups, Option<[Vec<f64>; 2]>) {
        let mut groups = Groups { number: 0, kept: vec![None; kept.len()], eliminated: vec![None; eliminated.len()] };
        let mut numbers = vec![None; self.parents.len()];
        let (first, second) = if swapped { (self.kept..numbers.len(), 0..self.kept) } else { (0..self.kept, self.kept..numbers.len()) };
        for node in first.chain(second) {
            let (count, group) = match node.checked_sub(self.kept) {
                None => (kept[node], &mut groups.kept[node]),
                Some(eliminated_level) => (eliminated[eliminated_level], &mut groups.eliminated[eliminated_level]),
            };
            if count > 0 {
                *group = Some(*numbers[self.find(node).0].get_or_insert_with(|| {
                    groups.number += 1;
                    groups.number as u32 - 1
                }));
            }
        }
        let exact = self.rounding.map(|_| {
            let kept = (0..kept.len()).map(|level| self.find(level).1).collect();
            [kept, (0..eliminated.len()).map(|level| -self.find(self.kept + level).1).collect()]
        });
        (groups, exact)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linked(ratings: &[(u32, usize, f64)]) -> (Groups, Option<[Vec<f64>; 2]>) {
        let mut linked = Linked::new(3, 4);
        linked.expect_exact(1e-12);
        for (kept, eliminated, mean) in ratings {
            linked.link(*kept, *eliminated, *mean);
        }
        linked.finish(&[1, 1, 1], &[1, 1, 1, 0], false)
    }

    #[test]
    fn groups_are_numbered_by_their_first_rep_and_the_unrated_have_none() {
        let (groups, _) = linked(&[(1, 0, 1.0), (2, 2, 1.0), (0, 1, 1.0), (2, 0, 1.0)]);
        assert_eq!(groups.number, 2);
        assert_eq!(groups.kept, [Some(0), Some(1), Some(1)]);
        assert_eq!(groups.eliminated, [Some(1), Some(0), Some(1), None]);
    }

    #[test]
    fn exact_sums_are_taken_apart_and_others_are_not() {
        let sums = [(0, 0, 5.0), (1, 1, 3.0), (0, 1, 4.0), (1, 0, 4.0), (2, 2, 7.0), (2, 1, 1.5), (1, 2, 8.5)];
        let (_, exact) = linked(&sums);
        let [kept, eliminated] = exact.expect("exact");
        for (k, e, mean) in sums {
            assert!((kept[k as usize] + eliminated[e] - mean).abs() < 1e-12, "{k} {e}");
        }
        let (_, exact) = linked(&[sums.as_slice(), &[(0, 2, 9.0)]].concat());
        assert!(exact.is_none());
    }
}

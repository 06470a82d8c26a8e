//! A viewer with patience: tries by exact elimination to learn of fewer than five people from everything that was published.

use super::*;

/// One unknown number: whom it tells of, unless that is somebody whom the viewer sees anyway, and which published numbers it is part of.
struct Unknown<P> {
    person: Option<P>,
    part_of: Vec<i128>,
}

/// A month as one viewer came to see it.
pub(in crate::score) struct Seen<'a> {
    /// The month.
    pub(in crate::score) month: &'a ClosedMonth,
    /// What was published of it.
    pub(in crate::score) cells: &'a BTreeSet<Cell>,
    /// The ratings that the viewer saw by themselves.
    pub(in crate::score) ratings: BTreeSet<RatingId>,
    /// The reps of whom the viewer knows to have seen every rating.
    pub(in crate::score) whole: BTreeSet<MemberId>,
    /// The reps of whom the viewer may have seen a rating: they are nobody to be hidden among.
    pub(in crate::score) known: BTreeSet<MemberId>,
}

/// Whether a combination of the cells of these months, each with what the viewer sees by itself, tells of fewer than five reps or customers.
pub(in crate::score) fn succeeds(months: &[Seen]) -> bool {
    let cells: Vec<Cell> = months.iter().flat_map(|it| it.cells.iter().filter(|cell| cell.month == it.month.first_day)).copied().collect();
    let (mut points_of_reps, mut points_of_customers, mut counts_of_reps) = (Vec::new(), Vec::new(), Vec::new());
    for Seen { month, ratings, whole, known, .. } in months {
        let part_of = |rep: MemberId, component| -> Vec<i128> {
            let parts = path(month.reps.get(&rep).copied().flatten(), &month.teams);
            let is_in = |cell: &Cell| cell.month == month.first_day && cell.component == component && parts.contains(&cell.part);
            cells.iter().map(|cell| i128::from(is_in(cell))).collect()
        };
        let unless_known = |rep| Some(rep).filter(|rep| !known.contains(rep));
        for rating in month.ratings.iter().filter(|it| !ratings.contains(&it.id)) {
            for component in rating.components.keys() {
                points_of_reps.push(Unknown { person: unless_known(rating.rep), part_of: part_of(rating.rep, *component) });
                points_of_customers.push(Unknown { person: Some(rating.customer), part_of: part_of(rating.rep, *component) });
            }
        }
        // How many ratings a rep got is unknown also where there are none.
        for rep in month.reps.keys().filter(|rep| !whole.contains(rep)) {
            for component in Component::ALL {
                counts_of_reps.push(Unknown { person: unless_known(*rep), part_of: part_of(*rep, component) });
            }
        }
    }
    tells_of_few(&points_of_reps) || tells_of_few(&counts_of_reps) || tells_of_few(&points_of_customers)
}

/// Whether some combination depends on the unknowns of fewer than five people: eliminating the unknowns of everybody else then leaves an
/// equation, so that those alone have a lower rank.
fn tells_of_few<P: Copy + Ord>(unknowns: &[Unknown<P>]) -> bool {
    // Unknowns of one person that are part of the same numbers count as one.
    let distinct: BTreeSet<(Option<P>, &[i128])> = unknowns.iter().map(|it| (it.person, it.part_of.as_slice())).collect();
    let people: Vec<P> = unknowns.iter().filter_map(|it| it.person).collect::<BTreeSet<P>>().into_iter().collect();
    let rank_of = |is_eliminated: &dyn Fn(Option<P>) -> bool| {
        let patterns: BTreeSet<&[i128]> = distinct.iter().filter(|it| is_eliminated(it.0)).map(|it| it.1).collect();
        rank(patterns.into_iter().map(<[i128]>::to_vec).collect())
    };
    let all = rank_of(&|_| true);
    let fewer = people.len().min(PEOPLE_FOR_COMPARISON - 1);
    choices(people.len(), fewer).into_iter().any(|chosen| {
        let chosen: BTreeSet<P> = chosen.into_iter().map(|place| people[place]).collect();
        rank_of(&|person| person.is_some_and(|person| !chosen.contains(&person))) < all
    })
}

/// The rank, by elimination without fractions (Bareiss, 1968): exact.
fn rank(mut rows: Vec<Vec<i128>>) -> usize {
    let width = rows.first().map_or(0, Vec::len);
    let (mut rank, mut divisor) = (0, 1);
    for column in 0..width {
        let Some(pivot) = (rank..rows.len()).find(|row| rows[*row][column] != 0) else { continue };
        rows.swap(rank, pivot);
        let (done, open) = rows.split_at_mut(rank + 1);
        let pivot = &done[rank];
        for row in open {
            let factor = row[column];
            for (value, of_pivot) in row.iter_mut().zip(pivot) {
                let crossed = *value * pivot[column] - factor * of_pivot;
                assert_eq!(crossed % divisor, 0, "Bareiss divides without remainder");
                *value = crossed / divisor;
            }
        }
        divisor = pivot[column];
        rank += 1;
    }
    rank
}

/// Every choice of `size` places out of `of`.
fn choices(of: usize, size: usize) -> Vec<Vec<usize>> {
    if size == 0 {
        return vec![Vec::new()];
    }
    let with_last = |last| choices(last, size - 1).into_iter().map(move |rest: Vec<usize>| [rest, vec![last]].concat());
    (size - 1..of).flat_map(with_last).collect()
}

#[test]
fn elimination_is_exact() {
    assert_eq!(rank(vec![vec![2, 4, 1], vec![1, 2, 3], vec![3, 6, 4]]), 2);
    assert_eq!(rank(vec![vec![0, 1, 1], vec![1, 0, 1], vec![1, 1, 0]]), 3);
    assert_eq!(rank(vec![]), 0);
    assert_eq!(choices(6, 4).len(), 15);
}

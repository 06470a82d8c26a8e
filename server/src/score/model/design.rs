//! Ratings as the model reads them, summed so that no equation ever looks at one twice.

use faer::Mat;

/// One number of one rating.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// Whose meeting it was, counted from 0.
    pub rep: usize,
    /// Which customer rates, counted from 0.
    pub customer: usize,
    /// Which person there, counted from 0 over all customers; a customer without a person has one of its own.
    pub contact: usize,
    /// Which of [`Shape::formats`] the meeting had.
    pub format: Option<usize>,
    /// Which of [`Shape::channels`].
    pub channel: Option<usize>,
    /// Which of two adjacent windows it lies in, where windows are told apart.
    pub window: Option<usize>,
    /// The number.
    pub y: f64,
    /// What it counts among the ratings of its meeting, 0 to 1.
    pub share: f64,
    /// What its age leaves of it, 0 to 1.
    pub recency: f64,
}

/// How many there are of what the equations keep; customers and their people are eliminated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Reps.
    pub reps: usize,
    /// Formats of meetings.
    pub formats: usize,
    /// Channels.
    pub channels: usize,
    /// Whether each rep also has an effect per window.
    pub windows: bool,
}

/// What a kept effect is; says which variance it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The common mean, about which nothing is known before.
    Mean,
    /// A rep.
    Rep,
    /// A rep in one of two windows.
    Window,
    /// A format or a channel.
    Setting,
}

impl Shape {
    /// The kept effects, in order: where windows are not told apart, a further rep comes after all others.
    pub(super) fn kinds(self) -> impl Iterator<Item = Kind> {
        let windows = if self.windows { 2 * self.reps } else { 0 };
        [(Kind::Mean, 1), (Kind::Setting, self.formats + self.channels), (Kind::Rep, self.reps), (Kind::Window, windows)]
            .into_iter()
            .flat_map(|(kind, count)| std::iter::repeat_n(kind, count))
    }

    /// How many effects are kept.
    pub(in crate::score) fn len(self) -> usize {
        1 + self.reps * if self.windows { 3 } else { 1 } + self.formats + self.channels
    }

    /// The place of a rep's effect.
    pub(super) fn rep(self, rep: usize) -> usize {
        1 + self.formats + self.channels + rep
    }

    /// The place of a rep's effect in a window.
    pub(super) fn window(self, rep: usize, window: usize) -> usize {
        self.rep(self.reps) + 2 * rep + window
    }

    /// The kept effects that a row is the sum of.
    pub(super) fn columns(self, row: &Row) -> impl Iterator<Item = usize> + use<> {
        let format = row.format.map(|format| 1 + format);
        let channel = row.channel.map(|channel| 1 + self.formats + channel);
        let window = row.window.filter(|_| self.windows).map(|window| self.window(row.rep, window));
        [Some(0), Some(self.rep(row.rep)), format, channel, window].into_iter().flatten()
    }
}

/// The rows of one person, summed.
#[derive(Clone, Debug, Default)]
pub(super) struct Person {
    /// Sum of the weights, by kept effect, in order.
    pub(super) columns: Vec<(usize, f64)>,
    /// Sum of the weights.
    pub(super) weight: f64,
    /// Weighted sum of the numbers.
    pub(super) sum: f64,
}

/// All rows, summed with one kind of weight.
#[derive(Clone, Debug)]
pub struct Sums {
    pub(super) shape: Shape,
    /// By person.
    pub(super) people: Vec<Person>,
    /// The people of each customer.
    pub(super) customers: Vec<Vec<usize>>,
    /// Weighted sum of squares and products of the kept effects.
    pub(super) products: Mat<f64>,
    /// Weighted sums of the numbers, by kept effect.
    pub(super) sums: Vec<f64>,
    /// Weighted sum of the squared numbers, less `centre`.
    pub(super) squares: f64,
    /// Rows that weigh anything; of those it was made of.
    pub(super) rows: usize,
    /// Taken off every number first, so that squares keep their digits.
    pub(super) centre: f64,
}

impl Sums {
    /// Sums `rows` with the weights that `weight` gives; a row without any counts nowhere.
    pub fn new(shape: Shape, rows: &[Row], weight: impl Fn(&Row) -> f64) -> Self {
        let customers = rows.iter().map(|row| row.customer + 1).max().unwrap_or(0);
        let people = rows.iter().map(|row| row.contact + 1).max().unwrap_or(0);
        let counted = rows.len().max(1) as f64;
        let mut sums = Self {
            shape,
            people: vec![Person::default(); people],
            customers: vec![Vec::new(); customers],
            products: Mat::zeros(shape.len(), shape.len()),
            sums: vec![0.0; shape.len()],
            squares: 0.0,
            rows: rows.iter().filter(|row| weight(row) > 0.0).count(),
            centre: rows.iter().map(|row| row.y).sum::<f64>() / counted,
        };
        for row in rows {
            sums.add(row, weight(row));
        }
        sums
    }

    /// Adds weight to one row, or takes it away where it is negative.
    pub(super) fn add(&mut self, row: &Row, weight: f64) {
        if weight == 0.0 {
            return;
        }
        let y = row.y - self.centre;
        for a in self.shape.columns(row) {
            self.sums[a] += weight * y;
            for b in self.shape.columns(row) {
                self.products[(a, b)] += weight;
            }
        }
        self.squares += weight * y * y;
        self.make_room(row);
        let person = &mut self.people[row.contact];
        person.weight += weight;
        person.sum += weight * y;
        for column in self.shape.columns(row) {
            add(&mut person.columns, column, weight);
        }
    }

    /// Makes room for the reps of `shape`, which says the same of all else.
    pub(super) fn grow(&mut self, shape: Shape) {
        self.shape = shape;
        self.sums.resize(shape.len(), 0.0);
        self.products.resize_with(shape.len(), shape.len(), |_, _| 0.0);
    }

    /// How many numbers it holds, about.
    pub(super) fn size(&self) -> usize {
        let people: usize = self.people.iter().map(|person| 5 + 2 * person.columns.len()).sum();
        self.sums.len() * self.sums.len() + people + 4 * self.customers.len()
    }

    fn make_room(&mut self, row: &Row) {
        if self.people.len() <= row.contact {
            self.people.resize(row.contact + 1, Person::default());
        }
        if self.customers.len() <= row.customer {
            self.customers.resize(row.customer + 1, Vec::new());
        }
        // Only people who rated have columns, and only they are listed.
        if self.people[row.contact].columns.is_empty() {
            self.customers[row.customer].push(row.contact);
        }
    }
}

/// Adds to the value at a place; places are in order.
pub(super) fn add(sparse: &mut Vec<(usize, f64)>, place: usize, value: f64) {
    match sparse.binary_search_by_key(&place, |(known, _)| *known) {
        Ok(at) => sparse[at].1 += value,
        Err(at) => sparse.insert(at, (place, value)),
    }
}

//! Factors and inverses of A by Cholesky's method (faer), one block per connected group: kept levels of different groups never meet.

use super::{design::Design, equations::Equations};
use faer::{
    Accum, Mat, Par,
    dyn_stack::{MemBuffer, MemStack},
    linalg::{
        cholesky::llt::{factor, solve},
        matmul::triangular::{self, BlockStructure},
        triangular_inverse::invert_lower_triangular,
    },
};

/// Where each kept level stands in its group's block.
#[derive(Clone, Debug)]
pub(super) struct Places {
    /// Of each kept level; rising within a group.
    rows: Vec<u32>,
    sizes: Vec<usize>,
}

/// Lower triangles of a symmetric matrix's blocks.
#[derive(Clone, Debug)]
struct Blocks(Vec<Mat<f64>>);

/// The factor of A.
#[derive(Clone, Debug)]
pub(super) struct Factored {
    blocks: Blocks,
}

/// The inverse of A.
#[derive(Clone, Debug)]
pub(super) struct Inverse {
    blocks: Blocks,
}

impl Places {
    pub(super) fn new(design: &Design) -> Self {
        let mut sizes = vec![0; design.groups.number];
        let place = |group: &Option<u32>| {
            let Some(group) = group else { return 0 };
            sizes[*group as usize] += 1;
            sizes[*group as usize] - 1
        };
        let rows = design.groups.kept.iter().map(place).map(|row| u32::try_from(row).expect("no more than levels")).collect();
        Self { rows, sizes }
    }

    /// How many entries and, up to a factor, how many steps the blocks take.
    pub(super) fn cost(&self) -> (f64, f64) {
        let sum = |power| self.sizes.iter().map(|size| (*size as f64).powi(power)).sum();
        (sum(2), sum(3))
    }
}

impl Factored {
    /// None where rounding keeps A from being positive definite, which takes ratios of a thousand billions.
    pub(super) fn new(equations: &Equations, places: &Places) -> Option<Self> {
        let mut blocks = assemble(equations, places);
        for block in &mut blocks.0 {
            if let [pivot] = block.as_mut().col_mut(0).try_as_col_major_mut()?.as_slice_mut() {
                *pivot = pivot.sqrt();
                continue;
            }
            let mut memory = MemBuffer::new(factor::cholesky_in_place_scratch::<f64>(block.nrows(), Par::Seq, Default::default()));
            let stack = MemStack::new(&mut memory);
            factor::cholesky_in_place(block.as_mut(), Default::default(), Par::Seq, stack, Default::default()).ok()?;
        }
        Some(Self { blocks })
    }

    pub(super) fn log_det(&self) -> f64 {
        2.0 * self.blocks.0.iter().flat_map(|block| (0..block.nrows()).map(|row| block[(row, row)].ln())).sum::<f64>()
    }

    /// Solves `A x = b` in place, for K right-hand sides. Levels without ratings have 0 there and keep it.
    pub(super) fn solve<const K: usize>(&self, design: &Design, places: &Places, x: &mut [[f64; K]]) {
        let mut parts: Vec<Mat<f64>> = places.sizes.iter().map(|size| Mat::zeros(*size, K)).collect();
        let of = |level: usize| design.groups.kept[level].map(|group| (group as usize, places.rows[level] as usize));
        for (level, x) in x.iter().enumerate() {
            if let Some((group, row)) = of(level) {
                (0..K).for_each(|lane| parts[group][(row, lane)] = x[lane]);
            }
        }
        for (block, part) in self.blocks.0.iter().zip(&mut parts) {
            solve::solve_in_place(block.as_ref(), part.as_mut(), Par::Seq, MemStack::new(&mut []));
        }
        for (level, x) in x.iter_mut().enumerate() {
            if let Some((group, row)) = of(level) {
                (0..K).for_each(|lane| x[lane] = parts[group][(row, lane)]);
            }
        }
    }

    pub(super) fn invert(self) -> Inverse {
        let invert = |mut block: Mat<f64>| {
            let mut lower = Mat::zeros(block.nrows(), block.nrows());
            invert_lower_triangular(lower.as_mut(), block.as_ref(), Par::Seq);
            triangular::matmul(
                block.as_mut(),
                BlockStructure::TriangularLower,
                Accum::Replace,
                lower.transpose(),
                BlockStructure::TriangularUpper,
                lower.as_ref(),
                BlockStructure::TriangularLower,
                1.0,
                Par::Seq,
            );
            block
        };
        Inverse { blocks: Blocks(self.blocks.0.into_iter().map(invert).collect()) }
    }
}

impl Inverse {
    /// All of the inverse, both triangles.
    pub(super) fn full(&self, design: &Design, places: &Places) -> Mat<f64> {
        let of = |level: usize| design.groups.kept[level].map(|group| (group, places.rows[level] as usize));
        let levels = design.kept.counts.len();
        Mat::from_fn(levels, levels, |a, b| match (of(a), of(b)) {
            (Some((group, row)), Some((other, column))) if group == other => {
                self.blocks.0[group as usize][(row.max(column), row.min(column))]
            }
            _ if a == b => 1.0,
            _ => 0.0,
        })
    }

    /// The diagonal's entry of a kept level that has ratings.
    pub(super) fn diagonal(&self, design: &Design, places: &Places, level: usize) -> f64 {
        let group = design.groups.kept[level].expect("a level with ratings is in a group");
        let row = places.rows[level] as usize;
        self.blocks.0[group as usize][(row, row)]
    }

    /// `w' A^-1 w` of an eliminated level, w its cells' weights.
    pub(super) fn quadratic(&self, design: &Design, places: &Places, eliminated: usize) -> f64 {
        let Some(group) = design.groups.eliminated[eliminated] else { return 0.0 };
        let block = &self.blocks.0[group as usize];
        let cells = design.cells(eliminated);
        let (levels, weights) = (&design.levels[cells.clone()], &design.weights[cells]);
        let mut sum = 0.0;
        for (at, (level, weight)) in levels.iter().zip(weights).enumerate() {
            let row = places.rows[*level as usize] as usize;
            let column = block.col_as_slice(row);
            let below: f64 =
                levels[at + 1..].iter().zip(&weights[at + 1..]).map(|(l, w)| w * column[places.rows[*l as usize] as usize]).sum();
            sum += weight * (weight * column[row] + 2.0 * below);
        }
        sum
    }
}

fn assemble(equations: &Equations, places: &Places) -> Blocks {
    let design = equations.design;
    let mut blocks: Vec<Mat<f64>> = places.sizes.iter().map(|size| Mat::zeros(*size, *size)).collect();
    for (level, group) in design.groups.kept.iter().enumerate() {
        if let Some(group) = group {
            let row = places.rows[level] as usize;
            blocks[*group as usize][(row, row)] = equations.diagonal[level];
        }
    }
    for (eliminated, left) in equations.left.iter().enumerate() {
        let Some(group) = design.groups.eliminated[eliminated] else { continue };
        let block = &mut blocks[group as usize];
        let cells = design.cells(eliminated);
        let (levels, weights) = (&design.levels[cells.clone()], &design.weights[cells]);
        let share = equations.ratios.kept * equations.ratios.eliminated * left;
        for (at, (level, weight)) in levels.iter().zip(weights).enumerate() {
            let column = block.col_as_slice_mut(places.rows[*level as usize] as usize);
            let share = share * weight;
            for (l, w) in levels[at + 1..].iter().zip(&weights[at + 1..]) {
                column[places.rows[*l as usize] as usize] -= share * w;
            }
        }
    }
    Blocks(blocks)
}

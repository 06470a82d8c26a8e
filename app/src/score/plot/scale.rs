/// The part of 0 to 100 that is drawn, and the distance between its ticks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    from: f64,
    to: f64,
    step: f64,
}

/// A value on the scale at the side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tick {
    /// The value.
    pub value: u32,
    /// How far down.
    pub y: f64,
}

impl Scale {
    /// At least 20 wide, so that a calm course looks calm, in three to five steps.
    pub(super) fn holding(low: f64, high: f64) -> Self {
        let (low, high) = (low.clamp(0.0, 100.0), high.clamp(0.0, 100.0));
        let step = match high - low {
            ..=30.0 => 10.0,
            ..=60.0 => 20.0,
            _ => 50.0,
        };
        let (mut from, mut to) = ((low / step).floor() * step, (high / step).ceil() * step);
        while to - from < 20.0 {
            if to < 100.0 { to += step } else { from -= step }
        }
        Self { from, to, step }
    }

    pub(super) fn down(&self, value: f64) -> f64 {
        100.0 * (self.to - value.clamp(self.from, self.to)) / (self.to - self.from)
    }

    pub(super) fn ticks(&self) -> Vec<Tick> {
        let count = ((self.to - self.from) / self.step).round() as u32;
        (0..=count).map(|nth| self.to - f64::from(nth) * self.step).map(|value| Tick { value: value as u32, y: self.down(value) }).collect()
    }
}

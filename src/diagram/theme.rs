//! The colours of a picture, and the files that change them.
//!
//! A theme holds no form: shapes, strands and dashes say the same in every one, so that a picture can be
//! read without its colours.

use std::fmt;

use serde::Deserialize;

use super::scene::Role;

/// A colour of red, green and blue, written `#1d3557`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Colour([u8; 3]);

impl Colour {
    const fn new(code: u32) -> Self {
        let [_, red, green, blue] = code.to_be_bytes();
        Self([red, green, blue])
    }

    /// The colour a share of the way to another.
    #[must_use]
    pub(super) fn toward(self, other: Self, share: f64) -> Self {
        let mixed = |at: usize| {
            let (from, to) = (f64::from(self.0[at]), f64::from(other.0[at]));
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between two bytes")]
            let byte = (from + (to - from) * share.clamp(0.0, 1.0)).round() as u8;
            byte
        };
        Self([mixed(0), mixed(1), mixed(2)])
    }
}

impl Colour {
    /// Whether it is more like one colour than like another, by how light they are.
    pub(super) fn is_nearer(self, one: Self, other: Self) -> bool {
        let light = |Self([red, green, blue]): Self| {
            299 * i32::from(red) + 587 * i32::from(green) + 114 * i32::from(blue)
        };
        (light(self) - light(one)).abs() < (light(self) - light(other)).abs()
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl TryFrom<String> for Colour {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let code = text.strip_prefix('#').filter(|hex| hex.len() == 6);
        let code = code.and_then(|hex| u32::from_str_radix(hex, 16).ok());
        code.map(Self::new)
            .ok_or_else(|| format!("`{text}` is no colour: write six hexadecimal digits, such as #1d3557"))
    }
}

/// The colours of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NodeColours {
    /// Inside.
    pub fill: Colour,
    /// The outline.
    pub stroke: Colour,
    /// The name.
    pub ink: Colour,
    /// The second line.
    pub quiet: Colour,
}

/// The colours of a picture by what they mean, and how heavy its lines are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Theme {
    /// The background.
    pub paper: Colour,
    /// Text.
    pub ink: Colour,
    /// Secondary text.
    pub quiet: Colour,
    /// Hairlines between the parts of the page.
    pub rule: Colour,
    /// The frames of labels.
    pub frame: Colour,
    /// Actors that were asked about.
    pub terminal: NodeColours,
    /// Third parties.
    pub connector: NodeColours,
    /// One side's own agents.
    pub agent: NodeColours,
    /// Actors with a score.
    pub ranked: NodeColours,
    /// Anyone else.
    pub ordinary: NodeColours,
    /// Friendly ties.
    pub friendly: Colour,
    /// Neutral ties.
    pub neutral: Colour,
    /// Hostile ties.
    pub hostile: Colour,
    /// Friendly and hostile ties together.
    pub mixed: Colour,
    /// The lines of a chart, in their order; they repeat where there are more.
    pub lines: [Colour; 6],
    /// By how much lines are wider than in a report.
    pub weight: f64,
}

const fn node(fill: u32, stroke: u32, ink: u32, quiet: u32) -> NodeColours {
    NodeColours {
        fill: Colour::new(fill),
        stroke: Colour::new(stroke),
        ink: Colour::new(ink),
        quiet: Colour::new(quiet),
    }
}

const fn lines(codes: [u32; 6]) -> [Colour; 6] {
    let mut colours = [Colour::new(0); 6];
    let mut at = 0;
    while at < codes.len() {
        colours[at] = Colour::new(codes[at]);
        at += 1;
    }
    colours
}

impl Theme {
    /// For a report on paper or screen. The colours of ties are Okabe and Ito's, which colour-blind
    /// readers can tell apart.
    pub const REPORT: Self = Self {
        paper: Colour::new(0x00ff_ffff),
        ink: Colour::new(0x001f_2933),
        quiet: Colour::new(0x005b_6670),
        rule: Colour::new(0x00d5_dae0),
        frame: Colour::new(0x00e1_e5ea),
        terminal: node(0x001d_3557, 0x001d_3557, 0x00ff_ffff, 0x00d7_e0ec),
        connector: node(0x00fd_ecc8, 0x00a8_6f00, 0x001f_2933, 0x006b_5a33),
        agent: node(0x00ee_f3f8, 0x008f_a3b8, 0x001f_2933, 0x005b_6670),
        ranked: node(0x00e6_eef7, 0x001d_3557, 0x001f_2933, 0x005b_6670),
        ordinary: node(0x00ff_ffff, 0x0068_737f, 0x001f_2933, 0x005b_6670),
        friendly: Colour::new(0x0000_72b2),
        neutral: Colour::new(0x007b_8794),
        hostile: Colour::new(0x00c4_4e00),
        mixed: Colour::new(0x007a_4a8c),
        lines: lines([0x0000_72b2, 0x00c4_4e00, 0x0000_7f5f, 0x007a_4a8c, 0x008a_6500, 0x0044_4f5a]),
        weight: 1.0,
    };

    /// Black and white: roles by the weight of the frame and a tint, ties by strands and dashes.
    pub const PRINT: Self = Self {
        ink: Colour::new(0),
        quiet: Colour::new(0x0030_3030),
        rule: Colour::new(0x0080_8080),
        frame: Colour::new(0x00b0_b0b0),
        terminal: node(0, 0, 0x00ff_ffff, 0x00ff_ffff),
        connector: node(0x00e0_e0e0, 0, 0, 0x0020_2020),
        agent: node(0x00ff_ffff, 0x0080_8080, 0, 0x0030_3030),
        ranked: node(0x00f0_f0f0, 0, 0, 0x0030_3030),
        ordinary: node(0x00ff_ffff, 0x0040_4040, 0, 0x0030_3030),
        friendly: Colour::new(0),
        neutral: Colour::new(0x0070_7070),
        hostile: Colour::new(0),
        mixed: Colour::new(0),
        lines: lines([0, 0x0050_5050, 0, 0x0070_7070, 0, 0x0050_5050]),
        ..Self::REPORT
    };

    /// Read from afar: heavier lines, stronger colours.
    pub const SLIDE: Self = Self {
        ink: Colour::new(0x0011_1820),
        quiet: Colour::new(0x0033_3d47),
        connector: node(0x00ff_dd94, 0x008a_5a00, 0x0011_1820, 0x004d_3b12),
        agent: node(0x00dc_e8f4, 0x004f_6d8f, 0x0011_1820, 0x0033_3d47),
        ordinary: node(0x00ff_ffff, 0x003b_4650, 0x0011_1820, 0x0033_3d47),
        friendly: Colour::new(0x0000_5f99),
        neutral: Colour::new(0x005b_6670),
        hostile: Colour::new(0x00b8_3c00),
        weight: 1.6,
        ..Self::REPORT
    };

    /// Light on dark.
    pub const DARK: Self = Self {
        paper: Colour::new(0x0014_1a21),
        ink: Colour::new(0x00e6_ebf0),
        quiet: Colour::new(0x00a5_b1bd),
        rule: Colour::new(0x003a_4654),
        frame: Colour::new(0x003a_4654),
        terminal: node(0x00dc_e9f8, 0x00dc_e9f8, 0x0014_1a21, 0x002c_3b4d),
        connector: node(0x004a_3a12, 0x00e8_b04a, 0x00fb_efd6, 0x00d9_c79b),
        agent: node(0x0022_2d3a, 0x006f_859c, 0x00e6_ebf0, 0x00a5_b1bd),
        ranked: node(0x0020_3047, 0x0086_b3ea, 0x00e6_ebf0, 0x00a5_b1bd),
        ordinary: node(0x0014_1a21, 0x008e_9aa6, 0x00e6_ebf0, 0x00a5_b1bd),
        friendly: Colour::new(0x0056_b4e9),
        neutral: Colour::new(0x0093_9fab),
        hostile: Colour::new(0x00ff_8c42),
        mixed: Colour::new(0x00d0_a2e0),
        lines: lines([0x0056_b4e9, 0x00ff_8c42, 0x0041_d1a7, 0x00d0_a2e0, 0x00e8_c04a, 0x00b9_c4cf]),
        weight: 1.0,
    };

    /// Whether lines are told by their form alone.
    pub(super) fn is_grey(&self) -> bool {
        self.lines.iter().all(|Colour([red, green, blue])| red == green && green == blue)
    }

    /// The theme of a name: `report`, `print`, `slide` or `dark`.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "report" => Some(Self::REPORT),
            "print" => Some(Self::PRINT),
            "slide" => Some(Self::SLIDE),
            "dark" => Some(Self::DARK),
            _ => None,
        }
    }

    /// Reads a theme from TOML: what it starts from (`base = "print"`, else `report`), and what it
    /// changes.
    ///
    /// # Errors
    /// What is wrong in the text, with line and column.
    ///
    /// # Examples
    /// ```
    /// use chancery::diagram::Theme;
    ///
    /// let theme = Theme::from_toml("base = \"print\"\nfriendly = \"#005500\"")?;
    /// assert_eq!((theme.friendly.to_string(), theme.paper), ("#005500".to_owned(), Theme::PRINT.paper));
    /// # Ok::<(), String>(())
    /// ```
    pub fn from_toml(text: &str) -> Result<Self, String> {
        let file: ThemeFile =
            toml::from_str(text).map_err(|error| error.to_string().trim_end().to_owned())?;
        let base = file.base.as_deref().unwrap_or("report");
        let mut theme = Self::named(base)
            .ok_or_else(|| format!("no theme `{base}` to start from: it is report, print, slide or dark"))?;
        let set = |to: &mut Colour, from: Option<Colour>| *to = from.unwrap_or(*to);
        set(&mut theme.paper, file.paper);
        set(&mut theme.ink, file.ink);
        set(&mut theme.quiet, file.quiet);
        set(&mut theme.rule, file.rule);
        set(&mut theme.frame, file.frame);
        set(&mut theme.friendly, file.friendly);
        set(&mut theme.neutral, file.neutral);
        set(&mut theme.hostile, file.hostile);
        set(&mut theme.mixed, file.mixed);
        theme.lines = file.lines.unwrap_or(theme.lines);
        let set = |to: &mut NodeColours, from: Option<NodeColours>| *to = from.unwrap_or(*to);
        set(&mut theme.terminal, file.terminal);
        set(&mut theme.connector, file.connector);
        set(&mut theme.agent, file.agent);
        set(&mut theme.ranked, file.ranked);
        set(&mut theme.ordinary, file.ordinary);
        if let Some(weight) = file.weight {
            if !(0.2..=5.0).contains(&weight) {
                return Err(format!("a weight of {weight} draws no lines: it is between 0.2 and 5"));
            }
            theme.weight = weight;
        }
        Ok(theme)
    }

    /// The colours of a role.
    pub(super) fn role(&self, role: Role) -> NodeColours {
        match role {
            Role::Terminal => self.terminal,
            Role::Connector => self.connector,
            Role::Agent => self.agent,
            Role::Ranked => self.ranked,
            Role::Ordinary => self.ordinary,
        }
    }
}

/// A theme as it stands in a file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ThemeFile {
    base: Option<String>,
    paper: Option<Colour>,
    ink: Option<Colour>,
    quiet: Option<Colour>,
    rule: Option<Colour>,
    frame: Option<Colour>,
    terminal: Option<NodeColours>,
    connector: Option<NodeColours>,
    agent: Option<NodeColours>,
    ranked: Option<NodeColours>,
    ordinary: Option<NodeColours>,
    friendly: Option<Colour>,
    neutral: Option<Colour>,
    hostile: Option<Colour>,
    mixed: Option<Colour>,
    lines: Option<[Colour; 6]>,
    weight: Option<f64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How light a colour is, from 0 to 1 (WCAG 2.1, relative luminance).
    fn luminance(colour: Colour) -> f64 {
        let part = |byte: u8| {
            let value = f64::from(byte) / 255.0;
            if value <= 0.03928 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = colour.0.map(part);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    #[test]
    fn every_theme_can_be_read() {
        let contrast = |a, b| {
            let (a, b): (f64, f64) = (luminance(a), luminance(b));
            (a.max(b) + 0.05) / (a.min(b) + 0.05)
        };
        for theme in [Theme::REPORT, Theme::PRINT, Theme::SLIDE, Theme::DARK] {
            for node in [theme.terminal, theme.connector, theme.agent, theme.ranked, theme.ordinary] {
                assert!(
                    contrast(node.fill, node.ink) >= 7.0 && contrast(node.fill, node.quiet) >= 4.5,
                    "{node:?}"
                );
            }
            assert!(contrast(theme.paper, theme.ink) >= 7.0 && contrast(theme.paper, theme.quiet) >= 4.5);
            for line in
                [theme.friendly, theme.neutral, theme.hostile, theme.mixed].into_iter().chain(theme.lines)
            {
                assert!(contrast(theme.paper, line) >= 3.0, "{line}");
            }
        }
    }

    #[test]
    fn print_is_black_and_white() {
        let t = Theme::PRINT;
        let nodes = [t.terminal, t.connector, t.agent, t.ranked, t.ordinary];
        let colours = nodes.iter().flat_map(|n| [n.fill, n.stroke, n.ink, n.quiet]);
        let lines = [t.paper, t.ink, t.quiet, t.rule, t.frame, t.friendly, t.neutral, t.hostile, t.mixed];
        for Colour([red, green, blue]) in colours.chain(lines).chain(t.lines) {
            assert!(red == green && green == blue);
        }
        assert!(t.is_grey() && !Theme::REPORT.is_grey() && !Theme::DARK.is_grey());
    }

    #[test]
    fn a_theme_file_says_where_it_is_wrong() {
        let wrong = Theme::from_toml("base = \"print\"\nink = \"black\"").unwrap_err();
        assert!(wrong.contains("line 2") && wrong.contains("#1d3557"), "{wrong}");
        assert!(Theme::from_toml("inc = \"#000000\"").unwrap_err().contains("unknown field"));
        assert!(Theme::from_toml("base = \"blue\"").unwrap_err().contains("report, print, slide or dark"));
        assert!(Theme::from_toml("weight = 0.0").is_err());
    }
}

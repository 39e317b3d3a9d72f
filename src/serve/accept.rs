//! Which of the media types on offer a request's `Accept` likes best.
//!
//! # Source
//!
//! RFC 9110, section 12.5.1.

/// The place in `offers` of the one that `accept` likes best; of equals the first. Without a wish
/// it is the first, and `None` where none is wanted.
pub(super) fn best(accept: Option<&str>, offers: &[&str]) -> Option<usize> {
    let Some(accept) = accept.filter(|accept| !accept.trim().is_empty()) else {
        return (!offers.is_empty()).then_some(0);
    };
    let wishes: Vec<(&str, f32)> = accept.split(',').map(wish).collect();
    let quality = |offer: &str| {
        let (kind, _) = offer.split_once('/').unwrap_or((offer, ""));
        let fits = wishes.iter().filter_map(|&(range, quality)| {
            let exactness = if range.eq_ignore_ascii_case(offer) {
                2
            } else if range.strip_suffix("/*").is_some_and(|of| of.eq_ignore_ascii_case(kind)) {
                1
            } else if range == "*/*" {
                0
            } else {
                return None;
            };
            Some((exactness, quality))
        });
        // The most exact range decides, also where it says that the type is not wanted.
        let best = fits.max_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        best.map_or(0.0, |(_, quality)| quality)
    };
    let mut found: Option<(usize, f32)> = None;
    for (place, offer) in offers.iter().enumerate() {
        let quality = quality(offer);
        if quality > found.map_or(0.0, |(_, most)| most) {
            found = Some((place, quality));
        }
    }
    found.map(|(place, _)| place)
}

/// A media range and its weight.
fn wish(text: &str) -> (&str, f32) {
    let mut parts = text.split(';').map(str::trim);
    let range = parts.next().unwrap_or_default();
    let weight = parts.find_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q=")));
    (range, weight.map_or(1.0, |q| q.parse().unwrap_or(0.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_liked_offer_is_taken() {
        let offers = ["application/sparql-results+json", "text/csv", "text/turtle"];
        for (accept, want) in [
            (None, Some(0)),
            (Some(""), Some(0)),
            (Some("*/*"), Some(0)),
            (Some("text/csv"), Some(1)),
            (Some("TEXT/*, */*;q=0.1"), Some(1)),
            (Some("text/csv;q=0.5, text/turtle"), Some(2)),
            (Some("text/*, text/csv;q=0"), Some(2)),
            (Some("text/html,application/xhtml+xml,*/*;q=0.8"), Some(0)),
            (Some("image/png"), None),
            (Some("*/*;q=0"), None),
        ] {
            assert_eq!(best(accept, &offers), want, "{accept:?}");
        }
    }
}

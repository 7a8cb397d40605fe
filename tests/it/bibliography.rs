//! Bibliographies in citation styles, against the styles' own manuals.
#![cfg(feature = "styles")]

use chancery::{
    model::Reference,
    report::{StyleError, bibliography, styles},
};
use serde_json::{Value, json};

fn references(items: &[Value]) -> Vec<Reference> {
    items.iter().map(|item| Reference::from_item(item.clone()).expect("it has an id")).collect()
}

/// A book and an article, as Zotero exports them.
fn two() -> Vec<Reference> {
    references(&[
        json!({"id": "book", "type": "book", "title": "Kim Il Sung in the Khrushchev era", "publisher": "Stanford University Press",
            "author": [{"family": "Szalontai", "given": "Balázs"}], "issued": {"date-parts": [["2005"]]}}),
        json!({"id": "article", "type": "article-journal", "title": "A conflict-cooperation scale for WEIS events data",
            "container-title": "Journal of Conflict Resolution", "volume": "36", "issue": "2", "page": "369-385",
            "author": [{"family": "Goldstein", "given": "Joshua S."}], "issued": {"date-parts": [[1992, 6]]},
            "DOI": "10.1177/0022002792036002007"}),
    ])
}

#[test]
fn a_book_and_an_article_stand_as_the_apa_manual_has_them() {
    let entries = bibliography(&two(), "apa").unwrap();
    let told: Vec<(&str, &str)> =
        entries.iter().map(|entry| (entry.id.as_str(), entry.text.as_str())).collect();
    assert_eq!(
        told,
        [
            (
                "article",
                "Goldstein, J. S. (1992). A conflict-cooperation scale for WEIS events data. Journal of Conflict \
                 Resolution, 36(2), 369–385. https://doi.org/10.1177/0022002792036002007"
            ),
            ("book", "Szalontai, B. (2005). Kim Il Sung in the Khrushchev era. Stanford University Press."),
        ]
    );
}

#[test]
fn a_style_that_is_not_there_offers_one_that_is() {
    assert_eq!(
        bibliography(&two(), "chicago-author-dat"),
        Err(StyleError::Unknown { name: "chicago-author-dat".to_owned(), near: Some("chicago-author-date") })
    );
    assert!(styles().count() > 60 && styles().any(|style| style == "ieee"));
}

#[test]
fn references_that_break_the_form_are_set_all_the_same() {
    let odd = references(&[
        json!({"id": "range", "title": "A range", "issued": {"date-parts": [[1990, 5], [1991, 7]]}}),
        json!({"id": "month", "title": "A thirteenth month", "issued": {"date-parts": [[1990, 13, 40]]}}),
        json!({"id": "empty", "issued": {"date-parts": [[]]}, "author": []}),
        json!({"id": "raw", "type": "no such type", "issued": "1990~", "title": "Raw", "page": 3.5, "volume": -1}),
        json!({"id": "name", "title": "<i>Names</i>", "author": [{"literal": "維基百科"}, {"given": "Ed"}, "a text", {}]}),
        json!({"id": 7, "title": ["a list"], "custom": {"deep": {"er": 1}}, "accessed": null}),
    ]);
    for style in
        ["apa", "chicago-author-date", "modern-language-association", "ieee", "harvard-cite-them-right"]
    {
        let entries = bibliography(&odd, style).unwrap();
        assert_eq!(entries.len(), odd.len(), "{style}");
    }
}

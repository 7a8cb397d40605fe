//! What a record says, as one number: the same whatever format it stands in and in what order its keys come.
//!
//! An object is the sum of its fields, as a dataset is the sum of its records: so a reader that meets the same
//! ends and dates in a million rows works out each of their parts once. This is no defence against forgery.

use std::fmt;

use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};
use twox_hash::XxHash3_128;

/// The hash of a record: 128 bits over its fields, each by its key and value (XXH3).
///
/// The hash of a dataset is the sum of those of its records, so that order does not matter and a
/// record can be added or taken away without reading the others.
pub fn content_hash(record: &impl Serialize) -> u128 {
    record.serialize(Hasher).expect("records have string keys and can be written")
}

/// What a field adds to the sum of its object.
pub fn field_hash(key: &str, value: &impl Serialize) -> u128 {
    FieldKey::new(key).of(content_hash(value))
}

/// A key whose fields are met in a million records.
#[derive(Clone, Copy, Debug)]
pub struct FieldKey(u128);

impl FieldKey {
    /// The key.
    pub fn new(key: &str) -> Self {
        Self(text(key))
    }

    /// What a field adds to the sum of its object, from the [content hash](content_hash) of its value.
    pub fn of(self, value: u128) -> u128 {
        pair(Kind::Field, self.0, value)
    }

    /// What a field that is a text adds to the sum of its object.
    pub fn text(self, value: &str) -> u128 {
        self.of(text(value))
    }

    /// What a field that is a list adds to the sum of its object, from the content hashes of its items.
    pub fn list(self, items: impl IntoIterator<Item = u128>) -> u128 {
        let hash = items.into_iter().fold(0, |hash, item| pair(Kind::List, hash, item));
        self.of(of(Kind::List, &hash.to_le_bytes()))
    }
}

/// The [content hash](content_hash) of an object, from the [sum](u128::wrapping_add) of its fields.
pub fn hash_of_fields(sum: u128) -> u128 {
    of(Kind::Object, &sum.to_le_bytes())
}

/// What is hashed, so that no text is a number and no list an object.
#[derive(Clone, Copy)]
enum Kind {
    Text = 1,
    Natural,
    Negative,
    Real,
    Truth,
    Nothing,
    List,
    Field,
    Object,
}

fn of(kind: Kind, bytes: &[u8]) -> u128 {
    XxHash3_128::oneshot_with_seed(kind as u64, bytes)
}

fn pair(kind: Kind, a: u128, b: u128) -> u128 {
    let mut bytes = [0; 32];
    bytes[..16].copy_from_slice(&a.to_le_bytes());
    bytes[16..].copy_from_slice(&b.to_le_bytes());
    of(kind, &bytes)
}

fn text(text: &str) -> u128 {
    of(Kind::Text, text.as_bytes())
}

/// Hashes a value of serde's data model, as JSON would write it.
#[derive(Clone, Copy)]
struct Hasher;

/// A list or an object on its way.
struct Compound {
    hash: u128,
    key: u128,
    /// The name of an enum's variant that it is the value of.
    variant: Option<u128>,
}

impl Compound {
    fn new(variant: Option<&str>) -> Self {
        Self { hash: 0, key: 0, variant: variant.map(text) }
    }

    fn item(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), fmt::Error> {
        self.hash = pair(Kind::List, self.hash, value.serialize(Hasher)?);
        Ok(())
    }

    fn field(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), fmt::Error> {
        self.hash = self.hash.wrapping_add(FieldKey(self.key).of(value.serialize(Hasher)?));
        Ok(())
    }

    fn list(self) -> u128 {
        let hash = of(Kind::List, &self.hash.to_le_bytes());
        self.variant.map_or(hash, |variant| hash_of_fields(FieldKey(variant).of(hash)))
    }

    fn object(self) -> u128 {
        let hash = hash_of_fields(self.hash);
        self.variant.map_or(hash, |variant| hash_of_fields(FieldKey(variant).of(hash)))
    }
}

impl Serializer for Hasher {
    type Ok = u128;
    type Error = fmt::Error;
    type SerializeSeq = Compound;
    type SerializeTuple = Compound;
    type SerializeTupleStruct = Compound;
    type SerializeTupleVariant = Compound;
    type SerializeMap = Compound;
    type SerializeStruct = Compound;
    type SerializeStructVariant = Compound;

    fn serialize_bool(self, value: bool) -> Result<u128, fmt::Error> {
        Ok(of(Kind::Truth, &[u8::from(value)]))
    }

    fn serialize_i8(self, value: i8) -> Result<u128, fmt::Error> {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Result<u128, fmt::Error> {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Result<u128, fmt::Error> {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Result<u128, fmt::Error> {
        match u64::try_from(value) {
            Ok(value) => self.serialize_u64(value),
            Err(_) => Ok(of(Kind::Negative, &value.to_le_bytes())),
        }
    }

    fn serialize_u8(self, value: u8) -> Result<u128, fmt::Error> {
        self.serialize_u64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<u128, fmt::Error> {
        self.serialize_u64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<u128, fmt::Error> {
        self.serialize_u64(value.into())
    }

    fn serialize_u64(self, value: u64) -> Result<u128, fmt::Error> {
        Ok(of(Kind::Natural, &value.to_le_bytes()))
    }

    fn serialize_f32(self, value: f32) -> Result<u128, fmt::Error> {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Result<u128, fmt::Error> {
        // As in JSON, which has no word for what is no number.
        if value.is_finite() {
            Ok(of(Kind::Real, &value.to_bits().to_le_bytes()))
        } else {
            self.serialize_unit()
        }
    }

    fn serialize_char(self, value: char) -> Result<u128, fmt::Error> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<u128, fmt::Error> {
        Ok(text(value))
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<u128, fmt::Error> {
        self.collect_seq(value)
    }

    fn serialize_none(self) -> Result<u128, fmt::Error> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<u128, fmt::Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<u128, fmt::Error> {
        Ok(of(Kind::Nothing, &[]))
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<u128, fmt::Error> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<u128, fmt::Error> {
        Ok(text(variant))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<u128, fmt::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<u128, fmt::Error> {
        Ok(hash_of_fields(FieldKey::new(variant).of(value.serialize(self)?)))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Compound, fmt::Error> {
        Ok(Compound::new(None))
    }

    fn serialize_tuple(self, _: usize) -> Result<Compound, fmt::Error> {
        Ok(Compound::new(None))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Compound, fmt::Error> {
        Ok(Compound::new(None))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Compound, fmt::Error> {
        Ok(Compound::new(Some(variant)))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Compound, fmt::Error> {
        Ok(Compound::new(None))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Compound, fmt::Error> {
        Ok(Compound::new(None))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Compound, fmt::Error> {
        Ok(Compound::new(Some(variant)))
    }
}

/// The traits of serde for what holds a list.
macro_rules! lists {
    ($($name:ident $method:ident),+) => {$(
        impl $name for Compound {
            type Ok = u128;
            type Error = fmt::Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), fmt::Error> {
                self.item(value)
            }

            fn end(self) -> Result<u128, fmt::Error> {
                Ok(self.list())
            }
        }
    )+};
}

lists!(
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field
);

/// The traits of serde for what holds fields.
macro_rules! objects {
    ($($name:ident),+) => {$(
        impl $name for Compound {
            type Ok = u128;
            type Error = fmt::Error;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), fmt::Error> {
                self.key = text(key);
                self.field(value)
            }

            fn end(self) -> Result<u128, fmt::Error> {
                Ok(self.object())
            }
        }
    )+};
}

objects!(SerializeStruct, SerializeStructVariant);

impl SerializeMap for Compound {
    type Ok = u128;
    type Error = fmt::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), fmt::Error> {
        self.key = key.serialize(Hasher)?;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), fmt::Error> {
        self.field(value)
    }

    fn end(self) -> Result<u128, fmt::Error> {
        Ok(self.object())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn the_order_of_keys_says_nothing_and_everything_else_does() {
        let read = |text: &str| content_hash(&serde_json::from_str::<Value>(text).unwrap());
        assert_eq!(read(r#"{"a": 1, "b": [true, null]}"#), read(r#"{"b":[true,null],"a":1}"#));
        let all = [
            json!({"a": "b", "c": "d"}),
            json!({"a": "d", "c": "b"}),
            json!({"c": "d"}),
            json!({}),
            json!([]),
            json!([[]]),
            json!([1, 2]),
            json!([2, 1]),
            json!([[1], 2]),
            json!({"a": {"b": 1}}),
            json!({"a": {}, "b": 1}),
            json!(""),
            json!(null),
            json!(false),
            json!(0),
            json!(0.0),
            json!(-1),
            json!("0"),
        ];
        for (at, a) in all.iter().enumerate() {
            for b in &all[..at] {
                assert_ne!(content_hash(a), content_hash(b), "{a} {b}");
            }
        }
    }

    #[test]
    fn an_object_is_the_sum_of_its_fields() {
        let sum = field_hash("a", &1_u8).wrapping_add(field_hash("b", &"x"));
        assert_eq!(hash_of_fields(sum), content_hash(&json!({"a": 1, "b": "x"})));
        assert_eq!(FieldKey::new("c").of(hash_of_fields(sum)), field_hash("c", &json!({"a": 1, "b": "x"})));
    }
}

//! SQL written out, and prepared: `prepared("select f({}, {})").bind::<Text, _>(a).bind::<Integer, _>(b)`. diesel's own
//! `sql_query` is never cached; a statement planned anew for each request costs twice the transaction.
use std::marker::PhantomData;

use diesel::pg::Pg;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::{Error, QueryResult};
use diesel::serialize::ToSql;
use diesel::sql_types::{HasSqlType, Untyped};

/// A statement with its values. Each `{}` takes the next value; so SQL text never holds a `{}` of its own.
#[must_use = "a statement does nothing until it is executed or loaded"]
pub struct Prepared {
    sql: &'static str,
    values: Vec<Box<dyn QueryFragment<Pg> + Send + Sync>>,
}

pub fn prepared(sql: &'static str) -> Prepared {
    Prepared { sql, values: vec![] }
}

impl Prepared {
    pub fn bind<ST, V>(mut self, value: V) -> Prepared
    where
        Pg: HasSqlType<ST>,
        ST: Send + Sync + 'static,
        V: ToSql<ST, Pg> + Send + Sync + 'static,
    {
        self.values.push(Box::new(Bound::<ST, V> { value, kind: PhantomData }));
        self
    }
}

struct Bound<ST, V> {
    value: V,
    kind: PhantomData<fn() -> ST>,
}

impl<ST, V> QueryFragment<Pg> for Bound<ST, V>
where
    Pg: HasSqlType<ST>,
    V: ToSql<ST, Pg>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_bind_param::<ST, V>(&self.value)
    }
}

impl QueryFragment<Pg> for Prepared {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        let mut values = self.values.iter();
        for (i, piece) in self.sql.split("{}").enumerate() {
            if i > 0 {
                let value = values.next().ok_or_else(|| Error::QueryBuilderError("more places than values".into()))?;
                value.walk_ast(out.reborrow())?;
            }
            out.push_sql(piece);
        }
        match values.next() {
            Some(_) => Err(Error::QueryBuilderError("more values than places".into())),
            None => Ok(()),
        }
    }
}

// No static id: the cache goes by the text.
impl QueryId for Prepared {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}
impl Query for Prepared {
    type SqlType = Untyped;
}

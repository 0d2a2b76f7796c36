import { sql, type Kysely } from 'kysely';

/**
 * Orders that were complete before a tax line that nobody bills was closed (`unbilled-tax.ts`): each is news once, so that its
 * workflow looks at its Sales Order again. Orders whose tax lines are all billed are left, and those of sellers who owe no tax have none.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    update orders o set told = false from documents d
      where o.state = 'billed' and d.connection = o.connection and d.order_id = o.order_id and d.purpose = 'SO' and d.state = 'posted'
        and jsonb_path_exists(d.plan, '$.lines[*] ? (@.component == "tax")')
        and exists (
          select 1 from jsonb_array_elements(d.plan -> 'lines') line
          where line ->> 'component' = 'tax' and (line ->> 'quantity')::numeric > coalesce((
            select sum((billed ->> 'quantity')::numeric) from documents i cross join jsonb_array_elements(i.plan -> 'lines') billed
            where i.connection = o.connection and i.order_id = o.order_id and i.purpose = 'INV' and billed ->> 'tag' = line ->> 'tag'
              and billed -> 'tax' ->> 'jurisdiction' is not distinct from line -> 'tax' ->> 'jurisdiction'), 0))
  `.execute(db);
}

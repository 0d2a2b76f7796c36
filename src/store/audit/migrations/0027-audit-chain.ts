import { sql, type Kysely } from 'kysely';

/**
 * The record of what people did becomes a chain: each row has the hash of the row before it and its own, over all that it
 * says. The database makes them, whoever writes, and refuses to change or delete a row. `tieout audit-log verify` works
 * them out again by a reading of its own (`src/store/audit/audit-chain.ts`).
 *
 * `canonical_json`: RFC 8785 for what the record holds (keys sorted, no blanks; whole numbers alone).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    drop rule audit_is_append_only_update on audit;
    drop rule audit_is_append_only_delete on audit;
    alter table audit add column previous text, add column hash text;

    create function canonical_json(given jsonb) returns text language plpgsql immutable as $$
    begin
      case jsonb_typeof(given)
        when 'object' then return '{' || coalesce((
          select string_agg(to_json(key)::text || ':' || canonical_json(value), ',' order by key collate "C") from jsonb_each(given)), '') || '}';
        when 'array' then return '[' || coalesce((
          select string_agg(canonical_json(value), ',' order by place) from jsonb_array_elements(given) with ordinality as one(value, place)), '') || ']';
        else return given::text;
      end case;
    end $$;

    create function audit_hash(entry audit) returns text language sql immutable as $$
      select encode(sha256(convert_to(coalesce(entry.previous, '') || canonical_json(jsonb_build_object(
        'id', entry.id, 'connection', entry.connection, 'action', entry.action, 'detail', entry.detail, 'by', entry.decided_by,
        'why', entry.why, 'at', to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))), 'UTF8')), 'hex') $$;

    do $$ declare entry audit; last text;
    begin
      for entry in select * from audit order by id loop
        entry.previous := last;
        last := audit_hash(entry);
        update audit set previous = entry.previous, hash = last where id = entry.id;
      end loop;
    end $$;
    alter table audit alter column hash set not null, alter column id drop default;

    create function audit_chained() returns trigger language plpgsql as $$
    begin
      perform pg_advisory_xact_lock(hashtextextended('tieout audit', 0));
      -- Numbered under the lock, so that numbers follow the chain.
      new.id := nextval(pg_get_serial_sequence(format('%I.%I', tg_table_schema, tg_table_name), 'id'));
      execute format('select hash from %I.%I order by id desc limit 1', tg_table_schema, tg_table_name) into new.previous;
      new.hash := audit_hash(new);
      return new;
    end $$;
    create trigger audit_chained before insert on audit for each row execute function audit_chained();

    create function audit_refuses() returns trigger language plpgsql as $$
    begin
      raise exception 'the audit record is only added to' using errcode = 'insufficient_privilege';
    end $$;
    create trigger audit_refuses before update or delete on audit for each row execute function audit_refuses();
    create trigger audit_refuses_truncate before truncate on audit for each statement execute function audit_refuses();
  `.execute(db);
}

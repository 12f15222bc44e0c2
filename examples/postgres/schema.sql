-- The workflows in this folder make the tables that are missing. To make them yourself, run this first.

CREATE TABLE smart_glocal_claims (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	"reference" text,
	"run" text,
	"claimed_at" timestamptz,
	"recipient" text,
	"amount" text,
	"currency" text,
	"details" text,
	"createdAt" timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON smart_glocal_claims USING hash (reference);
-- Claims are written one statement after the other, so that their ids become visible in order:
-- whoever has written a claim sees every claim with a lower id.
CREATE FUNCTION smart_glocal_claims_in_order() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN
	PERFORM pg_advisory_xact_lock(TG_RELID::bigint);
	RETURN NULL;
END $body$;
CREATE TRIGGER in_order BEFORE INSERT ON smart_glocal_claims
	FOR EACH STATEMENT EXECUTE FUNCTION smart_glocal_claims_in_order();

CREATE TABLE smart_glocal_payouts (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	"reference" text,
	"recipient" text,
	"amount" text,
	"currency" text,
	"outcome" text,
	"status" text,
	"message" text,
	"next_step" text,
	"destination" text,
	"account" text,
	"session_id" text,
	"payout_id" text,
	"requested_by" text,
	"decided_by" text,
	"source" text,
	"ordered_at" timestamptz,
	"outcome_at" timestamptz,
	"status_at" timestamptz,
	"final" boolean,
	"status_rank" integer,
	"row" text,
	"approval_code" text,
	"decide_until" timestamptz,
	"createdAt" timestamptz NOT NULL DEFAULT now()
);
-- One row for each reference, also for one that is too long for a unique index.
ALTER TABLE smart_glocal_payouts ADD CONSTRAINT unique_reference EXCLUDE USING hash (reference WITH =);
CREATE INDEX ON smart_glocal_payouts (id) WHERE NOT final;

CREATE TABLE smart_glocal_events (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	"reference" text,
	"event" text,
	"at" timestamptz,
	"by" text,
	"outcome" text,
	"status" text,
	"message" text,
	"session_id" text,
	"run" text,
	"folded" boolean,
	"details" text,
	"createdAt" timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON smart_glocal_events USING hash (reference);
CREATE INDEX ON smart_glocal_events (id) WHERE NOT folded;
CREATE INDEX ON smart_glocal_events ("createdAt");

CREATE TABLE payouts_to_send (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	"reference" text,
	"destination" text,
	"amount" text,
	"currency" text,
	"description" text,
	"iban" text,
	"swift_bic_code" text,
	"account_type" text,
	"sort_code" text,
	"account_number" text,
	"bank_account_number" text,
	"routing_code" text,
	"recipient_first_name" text,
	"recipient_last_name" text,
	"recipient_bank_name" text,
	"recipient_address_line" text,
	"recipient_city" text,
	"recipient_postal_code" text,
	"recipient_state" text,
	"createdAt" timestamptz NOT NULL DEFAULT now()
);

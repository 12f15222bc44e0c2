import type { ColumnId } from './matchColumns';

const ACCOUNT =
	'Account|account no|acc no|acct|bank account|beneficiary account|recipient account|Konto|Kontonummer|Bankverbindung|compte|numéro de compte|RIB|cuenta|número de cuenta|conto|numero conto|conta|número da conta|rekening|rekeningnummer|bankrekening|konto bankowe|numer konta|numer rachunku|rachunek|hesap|hesap no|účet|číslo účtu|kontonummer|cont|számlaszám|счёт|номер счёта';

/** What other sheets call a column, apart by `|`: to suggest a header, and never to read one. */
export const HEADER_SYNONYMS: ReadonlyMap<ColumnId, readonly string[]> = new Map(
	`reference: ref|ref no|id|invoice|invoice number|invoice no|invoice id|payment id|payout id|order id|order number|transaction id|Referenz|Rechnung|Rechnungsnummer|Rechnungsnr|Belegnummer|Auftragsnummer|Bestellnummer|Kennung|référence|facture|numéro de facture|n° facture|referencia|factura|número de factura|riferimento|fattura|numero fattura|referência|fatura|número da fatura|referentie|kenmerk|factuur|factuurnummer|faktura|nr faktury|numer faktury|numer referencyjny|referans|fatura no|variabilní symbol|číslo faktury|referens|fakturanummer|referință|hivatkozás|счёт-фактура|номер
	amount: sum|total|sum total|net pay|salary|wage|Betrag|Summe|Zahlbetrag|Lohn|Gehalt|montant|somme|salaire|importe|monto|cantidad|salario|importo|somma|stipendio|valor|montante|quantia|bedrag|loon|kwota|suma|wynagrodzenie|tutar|miktar|maaş|částka|belopp|beløb|beløp|summa|sumă|összeg|сумма
	currency: ccy|curr|currency code|Währung|devise|monnaie|moneda|divisa|valuta|moeda|waluta|para birimi|döviz|měna|pénznem|valută|валюта
	destination: corridor|route|Ziel|Zielland|destino|destinazione|bestemming|cel
	iban: ${ACCOUNT}
	bank_account_number: ${ACCOUNT}
	account_number: ${ACCOUNT}
	account_type: type of account|Kontoart|Kontotyp|type de compte|tipo de cuenta|tipo di conto|tipo de conta|rodzaj konta
	swift_bic_code: BIC|SWIFT|SWIFT BIC|BIC SWIFT|SWIFT code|BIC code|bank identifier code
	routing_code: routing|routing number|ABA|ABA number|transit number|IFSC|IFSC code|bank code|Bankleitzahl|BLZ|clearing number
	branch_number: branch|branch code|Filiale|agence|agencia|sucursal|agência|filiale|kod oddziału|şube
	bsb_number: BSB|BSB code
	sort_code: sort|bank sort code
	card_number: card|PAN|Karte|Kartennummer|numéro de carte|número de tarjeta|numero carta|número do cartão|kaartnummer|numer karty|kart numarası
	card_number_hash: card hash|card token|token|hash
	description: purpose|payment purpose|purpose of payment|payment details|remittance information|memo|note|message|Zweck|Verwendungszweck|Zahlungszweck|Beschreibung|Buchungstext|motif|objet|libellé|concepto|descripción|causale|descrizione|finalidade|descrição|omschrijving|mededeling|tytuł|tytuł przelewu|tytułem|opis|açıklama|účel platby|popis|beskrivning|descriere|közlemény|назначение|назначение платежа
	recipient_first_name: given name|forename|Vorname|prénom|nombre|primer nombre|nome proprio|primeiro nome|voornaam|imię|isim|adı|jméno|förnamn|fornavn|prenume|keresztnév|имя
	recipient_last_name: surname|family name|Nachname|Familienname|nom|nom de famille|apellido|apellidos|cognome|sobrenome|apelido|achternaam|nazwisko|soyad|soyadı|příjmení|efternamn|etternavn|vezetéknév|фамилия
	recipient_full_name: name|recipient|recipient name|beneficiary|beneficiary name|payee|payee name|supplier|vendor|employee|account holder|account name|cardholder|cardholder name|Empfänger|Empfängername|Begünstigter|Kontoinhaber|Zahlungsempfänger|bénéficiaire|destinataire|titulaire|nom complet|beneficiario|titular|destinatario|nombre completo|intestatario|nome|nome completo|beneficiário|destinatário|begunstigde|ontvanger|naam|odbiorca|beneficjent|nazwa|alıcı|ad soyad|příjemce|mottagare|modtager|kedvezményezett|beneficiar|получатель
	recipient_bank_name: bank|name of bank|beneficiary bank|Kreditinstitut|Geldinstitut|banque|nom de la banque|banco|nombre del banco|banca|nome della banca|nome do banco|naam bank|nazwa banku|banka|banka adı|název banky|банк
	recipient_country_iso3: country|country code|Land|Länderkennung|Ländercode|pays|país|paese|kraj|ülke|země|țară|ország|страна
	recipient_currency: target currency|payout currency|Empfängerwährung|Zielwährung|devise du bénéficiaire
	recipient_address_line: address|street|Adresse|Anschrift|Straße|rue|dirección|calle|domicilio|indirizzo|endereço|rua|adres|straat|ulica|adresa|ulice|cím|адрес
	recipient_city: town|Stadt|Ort|Wohnort|ville|ciudad|città|cidade|stad|plaats|woonplaats|miasto|miejscowość|şehir|město|oraș|város|город
	recipient_postal_code: postcode|post code|zip|zip code|PLZ|Postleitzahl|code postal|código postal|CAP|CEP|kod pocztowy|posta kodu|PSČ|irányítószám|индекс
	recipient_state: province|region|Bundesland|provincia|estado|région|województwo
	recipient_email: mail|e-mail address|E-Mail-Adresse|courriel|correo|correo electrónico
	recipient_msisdn: phone|phone number|mobile|mobile number|Telefon|Telefonnummer|Handy|Handynummer|téléphone|teléfono|telefono|telefone|telefoon|numer telefonu|телефон
	recipient_id_number: CPF|tax ID|tax number|passport|passport number|identity number|document number|Ausweisnummer|Steuernummer|NIF|DNI|PESEL`
		.split('\n')
		.map((row) => row.trim().split(': '))
		.map(([column, names = '']) => [column as ColumnId, names.split('|')]),
);

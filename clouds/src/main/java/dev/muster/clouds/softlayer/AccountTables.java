package dev.muster.clouds.softlayer;

import static dev.muster.core.ColumnType.DECIMAL;
import static dev.muster.core.ColumnType.INTEGER;
import static dev.muster.core.ColumnType.TEXT;
import static dev.muster.core.ColumnType.TIME;

import dev.muster.core.Table;

/** What an account has beside machines, networks and volumes. */
final class AccountTables {
    private AccountTables() {}

    static final Table DNS_ZONES = Declared.ofAccount(
                    "dns_zone", "A domain that the account's DNS answers for.", "domains")
            .key("id", INTEGER, "Number of the zone.", "id")
            .column("name", TEXT, "The domain.", "name")
            .column("serial", INTEGER, "Serial number of its last change.", "serial")
            .column("record_count", INTEGER, "Records in it.", "resourceRecordCount")
            .column("updated", TIME, "When it last changed.", "updateDate")
            .filtered("id", "name")
            .build();

    static final Table DNS_RECORDS = Declared.ofEach(
                    "dns_record",
                    "A record of a zone.",
                    DNS_ZONES,
                    "zone_id",
                    "SoftLayer_Dns_Domain",
                    "resourceRecords")
            .key("id", INTEGER, "Number of the record.", "id")
            .column("host", TEXT, "Its name in the zone; @ for the zone itself.", "host")
            .column("type", TEXT, "a, mx, ns, soa, …", "type")
            .column("data", TEXT, "What it says.", "data")
            .column("ttl", INTEGER, "Seconds for which it may be kept.", "ttl")
            .column("mx_priority", INTEGER, "Of a mail server; the least is asked first.", "mxPriority")
            .build();

    static final Table SSH_KEYS = Declared.ofAccount("ssh_key", "An SSH key of the account.", "sshKeys")
            .key("id", INTEGER, "Number of the key.", "id")
            .column("label", TEXT, "Its name.", "label")
            .column("fingerprint", TEXT, "MD5 of the key.", "fingerprint")
            .column("public_key", TEXT, "The key, in OpenSSH's form.", "key")
            .column("notes", TEXT, "Its owner's own words.", "notes")
            .column("created", TIME, "When it was added.", "createDate")
            .filtered("id", "label")
            .build();

    static final Table USERS = Declared.ofAccount("user", "Who may use the account.", "users")
            .key("id", INTEGER, "Number of the user.", "id")
            .column("username", TEXT, "What they log in with.", "username")
            .column("display_name", TEXT, "What others see.", "displayName")
            .column("email", TEXT, "Where mail reaches them.", "email")
            .column("first_name", TEXT, "Given name.", "firstName")
            .column("last_name", TEXT, "Family name.", "lastName")
            .column("status", TEXT, "Active, Disabled, …", "userStatus.name")
            .column("hardware_count", INTEGER, "Servers they may use.", "hardwareCount")
            .column("guest_count", INTEGER, "Guests they may use.", "virtualGuestCount")
            .column("second_factors", INTEGER, "Second factors they log in with.", "externalBindingCount")
            .column("api_keys", INTEGER, "API keys they have.", "apiAuthenticationKeyCount")
            .column("created", TIME, "When they were added.", "createDate")
            .filtered("id", "username")
            .build();

    static final Table TICKETS = Declared.ofAccount("ticket", "A support ticket, open or closed.", "tickets")
            .key("id", INTEGER, "Number of the ticket.", "id")
            .column("case_number", TEXT, "Its number in the provider's own system.", "serviceProviderResourceId")
            .column("title", TEXT, "What it is about.", "title")
            .column("status", TEXT, "Open, Closed, Assigned, …", "status.name")
            .column("priority", INTEGER, "1 is highest, 4 lowest.", "priority")
            .column("assigned_to", TEXT, "The user it belongs to.", "assignedUser.username")
            .column("group", TEXT, "The department that answers.", "group.name")
            .column("updates", INTEGER, "Messages in it.", "updateCount")
            .column("created", TIME, "When it was opened.", "createDate")
            .column("edited", TIME, "When it last changed.", "lastEditDate")
            .build();

    static final Table INVOICES = Declared.ofAccount("invoice", "A bill, paid or not.", "invoices")
            .key("id", INTEGER, "Number of the invoice.", "id")
            .column("type", TEXT, "RECURRING, NEW, ONE-TIME-CHARGE, …", "typeCode")
            .column("status", TEXT, "OPEN or CLOSED.", "statusCode")
            .column("starting_balance", DECIMAL, "The account's balance before it.", "startingBalance")
            .column("ending_balance", DECIMAL, "The account's balance after it.", "endingBalance")
            .column("amount", DECIMAL, "What it asks for.", "invoiceTotalAmount")
            .column("items", INTEGER, "Lines in it.", "itemCount")
            .column("created", TIME, "Its date.", "createDate")
            .column("closed", TIME, "When it was settled.", "closedDate")
            .build();

    static final Table EVENTS = Declared.ofService(
                    "event",
                    "What was done in the account, as its log has it.",
                    "SoftLayer_Event_Log",
                    "getAllObjects",
                    "eventCreateDate")
            .key("trace_id", TEXT, "Identifier of the entry.", "traceId")
            .column("time", TIME, "When it was done.", "eventCreateDate")
            .column("event", TEXT, "What was done, as Power On.", "eventName")
            .column("object_type", TEXT, "To what kind of thing, as CCI.", "objectName")
            .column("object_id", INTEGER, "Number of that thing.", "objectId")
            .column("label", TEXT, "Name of that thing.", "label")
            .column("username", TEXT, "Who did it.", "username")
            .column("user_type", TEXT, "CUSTOMER, EMPLOYEE or SYSTEM.", "userType")
            .column("address", TEXT, "From where.", "ipAddress")
            .build();
}

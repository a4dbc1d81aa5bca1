package dev.muster.clouds.softlayer;

import dev.muster.core.Alternatives;
import dev.muster.core.ApiRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A kind of machine: what its own object shows, and the related objects that need calls of their own or make its call a heavy
 * one. Declared once, for tables as for details.
 *
 * @param own the mask of the object itself
 * @param parts masks of related objects, by relational property
 */
record MachineKind(String service, Mask own, Map<String, Mask> parts) {
    private static final Mask COMPONENTS = Mask.of(
                    "id", "status", "speed", "maxSpeed", "name", "port", "macAddress", "primaryIpAddress")
            .and("primarySubnet", Mask.of("id", "netmask", "broadcastAddress", "networkIdentifier", "gateway"));
    private static final Mask SYSTEM = Mask.of("id")
            .and("softwareLicense.softwareDescription", Mask.of("manufacturer", "name", "version", "referenceCode"));
    private static final Mask BILLING = Mask.of("id", "recurringFee", "nextInvoiceTotalRecurringAmount")
            .and("orderItem.order.userRecord", Mask.of("username"));
    private static final Mask VLANS = Mask.of("id", "vlanNumber", "networkSpace", "name");
    private static final Mask TAGS = Mask.of("id").and("tag", Mask.of("id", "name"));
    private static final Mask TRANSACTION = Mask.of("id").and("transactionStatus", Mask.of("name", "friendlyName"));

    static final MachineKind HARDWARE = new MachineKind(
            "SoftLayer_Hardware_Server",
            Mask.of(
                    "id",
                    "globalIdentifier",
                    "fullyQualifiedDomainName",
                    "hostname",
                    "domain",
                    "provisionDate",
                    "bareMetalInstanceFlag",
                    "notes",
                    "processorPhysicalCoreAmount",
                    "memoryCapacity",
                    "privateNetworkOnlyFlag",
                    "primaryBackendIpAddress",
                    "primaryIpAddress",
                    "networkManagementIpAddress",
                    "hardwareStatus.status",
                    "datacenter.name"),
            parts(
                    "networkComponents", COMPONENTS,
                    "activeComponents",
                            Mask.of("id")
                                    .and(
                                            "hardwareComponentModel",
                                            Mask.of("longDescription")
                                                    .and(
                                                            "hardwareGenericComponentModel.hardwareComponentType",
                                                            Mask.of("keyName"))),
                    "activeTransaction", TRANSACTION,
                    "operatingSystem", SYSTEM,
                    "billingItem", BILLING,
                    "tagReferences", TAGS,
                    "networkVlans", VLANS,
                    "remoteManagementAccounts", Mask.of("username"),
                    "hardwareChassis", Mask.of("id", "name")));

    static final MachineKind VIRTUAL_GUEST = new MachineKind(
            "SoftLayer_Virtual_Guest",
            Mask.of(
                    "id",
                    "globalIdentifier",
                    "fullyQualifiedDomainName",
                    "hostname",
                    "domain",
                    "createDate",
                    "modifyDate",
                    "provisionDate",
                    "notes",
                    "dedicatedAccountHostOnlyFlag",
                    "privateNetworkOnlyFlag",
                    "primaryBackendIpAddress",
                    "primaryIpAddress",
                    "maxCpu",
                    "maxMemory",
                    "hourlyBillingFlag",
                    "status.name",
                    "powerState.name",
                    "datacenter.name"),
            parts(
                    "networkComponents", COMPONENTS,
                    "blockDevices", Mask.of("id", "device", "mountType"),
                    "activeTransaction", TRANSACTION,
                    "operatingSystem", SYSTEM,
                    "billingItem", BILLING,
                    "tagReferences", TAGS,
                    "networkVlans", VLANS));

    private static Map<String, Mask> parts(Object... namesAndMasks) {
        Map<String, Mask> parts = new LinkedHashMap<>();
        for (int i = 0; i < namesAndMasks.length; i += 2) {
            parts.put((String) namesAndMasks[i], (Mask) namesAndMasks[i + 1]);
        }
        return parts;
    }

    /** The machine's own object, which is light. */
    ApiRequest itself() {
        return request("getObject", own);
    }

    /** The same with everything that belongs to it, which is heavy. */
    ApiRequest whole() {
        Mask whole = own;
        for (Map.Entry<String, Mask> part : parts.entrySet()) {
            whole = whole.and(part.getKey(), part.getValue());
        }
        return request("getObject", whole);
    }

    /** One related object, or a list of them. */
    ApiRequest part(String relation) {
        return request(Declared.getter(relation), Objects.requireNonNull(parts.get(relation), relation));
    }

    private ApiRequest request(String method, Mask mask) {
        return ApiRequest.get("", '/' + service + "/{id}/" + method + ".json").query("objectMask", mask);
    }

    /** What measurements call the heavy call: it asks for more than the light one of that name. */
    String heavy() {
        return whole() + " with parts";
    }

    /** Everything about one, in each way: related objects weigh the same, whichever call brings them. */
    Alternatives ways() {
        Map<String, Integer> light = new LinkedHashMap<>();
        light.put(itself().toString(), own.relations());
        int all = own.relations();
        for (Map.Entry<String, Mask> part : parts.entrySet()) {
            light.put(part(part.getKey()).toString(), part.getValue().relations());
            all += 1 + part.getValue().relations();
        }
        return new Alternatives(
                service + " detail",
                Declared.REQUESTS_A_SECOND,
                List.of(
                        new Alternatives.Way(name(Detail.Way.PARTS), light),
                        new Alternatives.Way(name(Detail.Way.WHOLE), Map.of(heavy(), all))));
    }

    /** As people type it, and as it is measured. */
    static String name(Detail.Way way) {
        return way.name().toLowerCase(Locale.ROOT);
    }
}

package dev.muster.clouds.softlayer;

import dev.muster.core.JsonReader;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A virtual server, {@code SoftLayer_Virtual_Guest}.
 *
 * @param id number
 * @param hostname without the domain
 * @param domain null where it has none
 * @param status as {@code ACTIVE}
 * @param powerState as {@code RUNNING} or {@code HALTED}
 * @param datacenter as {@code dal05}; null until it is placed
 * @param cores virtual processors
 * @param memoryMib memory
 * @param primaryIp public address; null where it has the private network only
 * @param backendIp address in the private network; null until it has one
 * @param hourly whether it is billed by the hour
 * @param transaction what is being done with it, as {@code Reclaim Wait}; null where nothing is
 * @param tags names
 * @param guid global identifier
 * @param notes its owner's own words, or null
 * @param created when it was ordered
 */
public record VirtualGuest(
        long id,
        String hostname,
        @Nullable String domain,
        @Nullable String status,
        @Nullable String powerState,
        @Nullable String datacenter,
        @Nullable Long cores,
        @Nullable Long memoryMib,
        @Nullable String primaryIp,
        @Nullable String backendIp,
        boolean hourly,
        @Nullable String transaction,
        List<String> tags,
        @Nullable String guid,
        @Nullable String notes,
        @Nullable Instant created) {

    static final Mask MASK = Mask.of(
            "id",
            "hostname",
            "domain",
            "status.keyName",
            "powerState.keyName",
            "datacenter.name",
            "maxCpu",
            "maxMemory",
            "primaryIpAddress",
            "primaryBackendIpAddress",
            "hourlyBillingFlag",
            "activeTransaction.transactionStatus.friendlyName",
            "tagReferences.tag.name",
            "globalIdentifier",
            "notes",
            "createDate");

    static VirtualGuest read(JsonReader in) {
        Fields of = Fields.read(in, "a virtual guest");
        return new VirtualGuest(
                of.id(),
                of.needed("hostname"),
                of.text("domain"),
                of.text("status.keyName"),
                of.text("powerState.keyName"),
                of.text("datacenter.name"),
                of.integer("maxCpu"),
                of.integer("maxMemory"),
                of.text("primaryIpAddress"),
                of.text("primaryBackendIpAddress"),
                of.flag("hourlyBillingFlag"),
                of.text("activeTransaction.transactionStatus.friendlyName"),
                of.tags(),
                of.text("globalIdentifier"),
                of.text("notes"),
                of.time("createDate"));
    }
}

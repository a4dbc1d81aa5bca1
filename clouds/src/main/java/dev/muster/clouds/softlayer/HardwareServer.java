package dev.muster.clouds.softlayer;

import dev.muster.core.JsonReader;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bare-metal server, {@code SoftLayer_Hardware_Server}.
 *
 * @param id number
 * @param hostname without the domain
 * @param domain null where it has none
 * @param status as {@code ACTIVE}
 * @param datacenter as {@code dal05}
 * @param cores physical cores of all its processors
 * @param memoryGib memory
 * @param primaryIp public address, or null
 * @param backendIp address in the private network
 * @param managementIp address of its management controller
 * @param transaction what is being done with it, as {@code Reclaim Wait}; null where nothing is
 * @param tags names
 * @param guid global identifier
 * @param notes its owner's own words, or null
 * @param provisioned when it was ready
 */
public record HardwareServer(
        long id,
        String hostname,
        @Nullable String domain,
        @Nullable String status,
        @Nullable String datacenter,
        @Nullable Long cores,
        @Nullable Long memoryGib,
        @Nullable String primaryIp,
        @Nullable String backendIp,
        @Nullable String managementIp,
        @Nullable String transaction,
        List<String> tags,
        @Nullable String guid,
        @Nullable String notes,
        @Nullable Instant provisioned) {

    static final Mask MASK = Mask.all(List.of(
            Mask.of(
                    "id",
                    "hostname",
                    "domain",
                    "hardwareStatus.status",
                    "datacenter.name",
                    "processorPhysicalCoreAmount",
                    "memoryCapacity",
                    "primaryIpAddress",
                    "primaryBackendIpAddress",
                    "networkManagementIpAddress",
                    "tagReferences.tag.name",
                    "globalIdentifier",
                    "notes",
                    "provisionDate"),
            Mask.of("activeTransaction.transactionStatus.friendlyName").as("SoftLayer_Hardware_Server")));

    static HardwareServer read(JsonReader in) {
        Fields of = Fields.read(in, "a server");
        return new HardwareServer(
                of.id(),
                of.needed("hostname"),
                of.text("domain"),
                of.text("hardwareStatus.status"),
                of.text("datacenter.name"),
                of.integer("processorPhysicalCoreAmount"),
                of.integer("memoryCapacity"),
                of.text("primaryIpAddress"),
                of.text("primaryBackendIpAddress"),
                of.text("networkManagementIpAddress"),
                of.text("activeTransaction.transactionStatus.friendlyName"),
                of.tags(),
                of.text("globalIdentifier"),
                of.text("notes"),
                of.time("provisionDate"));
    }
}

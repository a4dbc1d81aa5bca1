package dev.muster.clouds.softlayer;

import dev.muster.core.JsonReader;
import org.jspecify.annotations.Nullable;

/**
 * A range of addresses, {@code SoftLayer_Network_Subnet}.
 *
 * @param id number
 * @param address its network address
 * @param cidr length of its prefix
 * @param version 4 or 6
 * @param type as {@code PRIMARY} or {@code SECONDARY_ON_VLAN}
 * @param space {@code PUBLIC} or {@code PRIVATE}
 * @param gateway where its traffic leaves it, or null
 * @param vlan id of the VLAN it is routed to, or null
 * @param datacenter where it is
 */
public record Subnet(
        long id,
        String address,
        @Nullable Long cidr,
        @Nullable Long version,
        @Nullable String type,
        @Nullable String space,
        @Nullable String gateway,
        @Nullable Long vlan,
        @Nullable String datacenter) {

    static final Mask MASK = Mask.of(
            "id",
            "networkIdentifier",
            "cidr",
            "version",
            "subnetType",
            "addressSpace",
            "gateway",
            "networkVlanId",
            "datacenter.name");

    static Subnet read(JsonReader in) {
        Fields of = Fields.read(in, "a subnet");
        return new Subnet(
                of.id(),
                of.needed("networkIdentifier"),
                of.integer("cidr"),
                of.integer("version"),
                of.text("subnetType"),
                of.text("addressSpace"),
                of.text("gateway"),
                of.integer("networkVlanId"),
                of.text("datacenter.name"));
    }
}

package dev.muster.clouds.softlayer;

import dev.muster.core.JsonReader;
import org.jspecify.annotations.Nullable;

/**
 * A VLAN, {@code SoftLayer_Network_Vlan}.
 *
 * @param id number of the record
 * @param number on the wire
 * @param name its owner's name for it, or null
 * @param space {@code PUBLIC} or {@code PRIVATE}
 * @param datacenter where it is
 * @param router the router it begins at
 * @param hardware bare-metal servers in it
 * @param guests virtual guests in it
 */
public record Vlan(
        long id,
        @Nullable Long number,
        @Nullable String name,
        @Nullable String space,
        @Nullable String datacenter,
        @Nullable String router,
        @Nullable Long hardware,
        @Nullable Long guests) {

    static final Mask MASK = Mask.of("id", "vlanNumber", "name", "networkSpace", "hardwareCount", "virtualGuestCount")
            .and("primaryRouter", Mask.of("hostname", "datacenter.name"));

    static Vlan read(JsonReader in) {
        Fields of = Fields.read(in, "a VLAN");
        return new Vlan(
                of.id(),
                of.integer("vlanNumber"),
                of.text("name"),
                of.text("networkSpace"),
                of.text("primaryRouter.datacenter.name"),
                of.text("primaryRouter.hostname"),
                of.integer("hardwareCount"),
                of.integer("virtualGuestCount"));
    }
}

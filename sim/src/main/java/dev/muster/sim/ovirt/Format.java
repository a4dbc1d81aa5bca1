package dev.muster.sim.ovirt;

import java.util.List;

/** A way of writing values down. Implementations are stateless. */
sealed interface Format permits JsonFormat, XmlFormat {
    /** Where all paths of the API begin. */
    String ROOT = "/ovirt-engine/api";

    String contentType();

    /** A document of one value, such as an entity or a fault. */
    byte[] document(String tag, Value value);

    /** A document of many entities of one kind. */
    byte[] collection(String tag, List<Value.Entity> entities);

    /** The name of many: {@code vms} for {@code vm}, {@code policies} for {@code policy}. */
    static String plural(String tag) {
        return tag.endsWith("y") ? tag.substring(0, tag.length() - 1) + "ies" : tag + "s";
    }
}

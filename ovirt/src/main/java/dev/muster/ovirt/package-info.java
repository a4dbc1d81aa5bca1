/**
 * oVirt: the whole API of the engine, typed, and its tables.
 *
 * {@snippet :
 * try (Ovirt ovirt = Ovirt.at("https://engine.example.com/ovirt-engine/api")
 *         .username("admin@internal")
 *         .password(password)
 *         .caFile(Path.of("/etc/pki/ovirt-engine/ca.pem"))
 *         .connect()) {
 *     for (Vm vm : ovirt.vms().list().search("status=up").get()) {
 *         System.out.println(vm.name());
 *     }
 * }
 * }
 *
 * <p>The API is version 4, of engines from 4.0 on; the model it is generated from is that of 4.6.1. Who logs in does so with
 * a password; Kerberos is not supported.
 */
@NullMarked
package dev.muster.ovirt;

import org.jspecify.annotations.NullMarked;

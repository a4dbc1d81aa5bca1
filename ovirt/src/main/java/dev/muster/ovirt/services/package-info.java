/**
 * The services of the oVirt API, generated from the official model: where a thing is, and what can be done there.
 *
 * {@snippet :
 * ovirt.vms().list().search("status=up").max(100).get();
 * ovirt.vms().vm(id).nics().list().start();
 * ovirt.vms().vm(id).get().follow("nics").get();
 * ovirt.vms().vm(id).startVm().useCloudInit(true).get();
 * }
 *
 * <p>Going from service to service sends nothing, and neither does naming an operation: an operation is a {@link
 * dev.muster.core.Call}. What the official SDKs for Python and Ruby call {@code wait=True} is {@code get()}, and sends and waits;
 * {@code wait=False} is {@code start()}, which sends at once, while theirs sends nothing before the first {@code wait()}, and
 * {@code future.wait()} is {@code join()}, any number of times. Neither waits for what an action does: that is {@link
 * dev.muster.ovirt.services.ActionOperation#finished()}, or the engine's own {@code async(false)}, which keeps the request
 * open meanwhile. Four of the model's names are taken, by Java or by that interface; they carry the noun of their
 * service: {@code startVm}, {@code cloneVm}, {@code importImage} and their like.
 */
@NullMarked
package dev.muster.ovirt.services;

import org.jspecify.annotations.NullMarked;

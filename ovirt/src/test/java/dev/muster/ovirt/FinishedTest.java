package dev.muster.ovirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.core.MusterException;
import dev.muster.core.Pending;
import dev.muster.ovirt.types.Action;
import dev.muster.ovirt.types.Job;
import dev.muster.ovirt.types.JobStatus;
import dev.muster.ovirt.types.Step;
import dev.muster.ovirt.types.StepStatus;
import dev.muster.ovirt.types.Vm;
import dev.muster.ovirt.types.VmStatus;
import dev.muster.sim.SimOptions;
import dev.muster.sim.ovirt.SimOvirt;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Actions followed to the end of the engine's job. */
class FinishedTest {
    private static final Duration LONG = Duration.ofDays(1);

    private SimOvirt engine;
    private Ovirt ovirt;

    private Vm machineThatIsDown(Duration bootTime) {
        engine = SimOvirt.start(SimOptions.defaults().vms(60).bootTime(bootTime));
        ovirt = Ovirt.at(engine.url())
                .username(engine.login().user())
                .password(engine.login().password())
                .connect();
        return ovirt.vms().list().search("status=down").get().getFirst();
    }

    @AfterEach
    void stop() {
        ovirt.close();
        engine.close();
    }

    private VmStatus status(Vm vm) {
        return ovirt.vms().vm(vm.id()).get().get().status();
    }

    @Test
    void theActionIsAcceptedLongBeforeItIsDone() {
        Vm vm = machineThatIsDown(LONG);
        assertThat(ovirt.vms().vm(vm.id()).startVm().get().status()).isEqualTo("complete");
        assertThat(status(vm)).isNotIn(VmStatus.DOWN, VmStatus.UP);
    }

    @Test
    void tellsTheStepsProgressAndIsDoneWhenTheJobHasEndedWell() {
        Vm vm = machineThatIsDown(Duration.ofMillis(700));
        List<Job> seen = new CopyOnWriteArrayList<>();
        Action started = ovirt.vms()
                .vm(vm.id())
                .startVm()
                .finished(seen::add)
                .start()
                .deadline(Duration.ofSeconds(50))
                .join();
        assertThat(started.job()).isNotNull();
        assertThat(seen).hasSizeGreaterThan(1).allSatisfy(job -> {
            assertThat(job.id()).isEqualTo(started.job().id());
            assertThat(job.steps()).extracting(Step::number).containsExactly(0L, 1L, 2L);
        });
        assertThat(seen.getFirst().status()).isEqualTo(JobStatus.STARTED);
        assertThat(seen.getFirst().steps().get(1).progress()).isLessThan(100);
        assertThat(seen.getLast().status()).isEqualTo(JobStatus.FINISHED);
        assertThat(seen.getLast().steps()).extracting(Step::status).containsOnly(StepStatus.FINISHED);
        assertThat(status(vm)).isEqualTo(VmStatus.UP);
    }

    @Test
    void aJobThatFailsIsAFailureWithTheStepsThatDid() {
        Vm vm = machineThatIsDown(LONG);
        CompletableFuture<String> job = new CompletableFuture<>();
        Pending<Action> start = ovirt.vms()
                .vm(vm.id())
                .startVm()
                .finished(seen -> {
                    if (job.complete(seen.id())) {
                        ovirt.jobs().job(seen.id()).end().succeeded(false).get();
                    }
                })
                .start();
        assertThatThrownBy(start::join)
                .isInstanceOf(MusterException.Failed.class)
                .hasMessageContaining("the job failed: ")
                .hasMessageContaining(vm.name())
                .hasMessageContaining("(Executing; Finalizing)");
        assertThat(job).isCompleted();
    }

    @Test
    void aDeadlineEndsTheWaitingAndNotTheJob() {
        Vm vm = machineThatIsDown(LONG);
        CompletableFuture<Job> seen = new CompletableFuture<>();
        Pending<Action> start =
                ovirt.vms().vm(vm.id()).startVm().finished(seen::complete).start();
        seen.join();
        assertThatThrownBy(() -> start.deadline(Duration.ofMillis(1)).join())
                .isInstanceOf(MusterException.Unreachable.class);
        assertThat(ovirt.jobs().job(seen.join().id()).get().get().status()).isEqualTo(JobStatus.STARTED);
    }

    @Test
    void cancelledNothingMoreIsAskedAndTheJobGoesOn() {
        Vm vm = machineThatIsDown(LONG);
        CompletableFuture<Job> seen = new CompletableFuture<>();
        Pending<Action> start =
                ovirt.vms().vm(vm.id()).startVm().finished(seen::complete).start();
        seen.join();
        start.cancel();
        assertThatThrownBy(start::join).isInstanceOf(CancellationException.class);
        assertThat(ovirt.jobs().job(seen.join().id()).get().get().status()).isEqualTo(JobStatus.STARTED);
    }

    @Test
    void anActionThatTheEngineRefusesHasNoJobToWaitFor() {
        Vm vm = machineThatIsDown(LONG);
        ovirt.vms().vm(vm.id()).startVm().get();
        assertThatThrownBy(() -> ovirt.vms().vm(vm.id()).startVm().finished().get())
                .isInstanceOf(MusterException.Rejected.class)
                .hasMessageContaining("Operation Failed");
    }
}

package dev.darkroom.simulation;

import dev.darkroom.application.GenerationStore;
import dev.darkroom.application.ImageProvider;
import dev.darkroom.application.ModelCatalogue;
import dev.darkroom.application.ShardLeases;
import dev.darkroom.application.SubmissionGateStore;
import dev.darkroom.application.SweepKick;
import dev.darkroom.application.SweepTimer;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.function.IntConsumer;

/** The world as the core of one process sees it. */
public interface Ports {

    GenerationStore store();

    SubmissionGateStore gate();

    ShardLeases leases();

    ImageProvider provider();

    ModelCatalogue catalogue();

    SweepKick kick();

    SweepTimer timer();

    ExecutorService executor();

    /** Waits after so many refused writes in a row. */
    IntConsumer backOff();

    InstantSource clock();

    /** By which the paid call tells the age of its claim. */
    InstantSource clockOfThePaidCall();

    /** A new one, of 32 hexadecimal digits. */
    String uniqueName();
}

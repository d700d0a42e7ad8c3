package io.trekpoint.system.product;

import java.nio.file.Files;
import java.nio.file.Path;

/** A module that is packaged as a service. */
public enum Module {
    /** The gateway. */
    API("api-service"),
    /** The owner of the control state. */
    CONTROL("control-service"),
    /** The worker. */
    WORKER("worker-service");

    private final String directory;

    Module(String directory) {
        this.directory = directory;
    }

    /** Its name, which its {@code /status} gives too. */
    public String label() {
        return directory;
    }

    /** What runs it. */
    Path jar() {
        Path jar = Checkout.root().resolve(directory).resolve("target/quarkus-app/quarkus-run.jar");
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(directory + " is not packaged: run ./trek test");
        }
        return jar;
    }
}

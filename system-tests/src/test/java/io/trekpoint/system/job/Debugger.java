package io.trekpoint.system.job;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Stops single threads of a service, which no signal can do. */
final class Debugger implements AutoCloseable {
    private final VirtualMachine machine;

    private Debugger(VirtualMachine machine) {
        this.machine = machine;
    }

    /** The option of a JVM that lets debuggers in at a loopback port. */
    static String option(int port) {
        return "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:" + port;
    }

    /** Attaches to the JVM that listens at a loopback port. */
    static Debugger attach(int port) {
        AttachingConnector socket =
                Bootstrap.virtualMachineManager().attachingConnectors().stream()
                        .filter(connector -> connector.transport().name().equals("dt_socket"))
                        .findFirst()
                        .orElseThrow();
        Map<String, Connector.Argument> arguments = socket.defaultArguments();
        arguments.get("hostname").setValue("127.0.0.1");
        arguments.get("port").setValue(String.valueOf(port));
        try {
            return new Debugger(socket.attach(arguments));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalConnectorArgumentsException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stops the thread of a name where it is; the others go on. */
    void suspend(String thread) {
        machine.allThreads().stream()
                .filter(candidate -> candidate.name().equals(thread))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no thread " + thread))
                .suspend();
    }

    @Override
    public void close() {
        try {
            machine.dispose();
        } catch (VMDisconnectedException e) {
            // It has ended.
        }
    }
}

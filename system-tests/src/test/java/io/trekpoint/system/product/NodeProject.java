package io.trekpoint.system.product;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A directory with packages of npm, installed without running their scripts.
 *
 * @param directory where it is, below {@code target}
 */
public record NodeProject(Path directory) {
    /**
     * What a program said before it ended.
     *
     * @param status its exit status
     * @param output its standard output
     * @param errors its standard error
     */
    public record Said(int status, String output, String errors) {}

    /**
     * Installs packages. Aborts the test, and so has it skipped, where npm is not there or cannot
     * install them.
     *
     * @param name of the directory
     * @param packages each with its version, {@code name@1.2.3}
     */
    public static NodeProject of(String name, List<String> packages)
            throws IOException, InterruptedException {
        NodeProject project = new NodeProject(Path.of("target", name).toAbsolutePath());
        Files.createDirectories(project.directory);
        project.write("package.json", "{\"private\":true}".getBytes(StandardCharsets.UTF_8));
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "npm",
                                "install",
                                "--no-save",
                                "--no-package-lock",
                                "--no-audit",
                                "--no-fund",
                                "--ignore-scripts"));
        command.addAll(packages);
        try {
            Said said = project.run(command);
            if (said.status != 0) {
                abort("npm cannot install " + packages + ": " + said.errors);
            }
        } catch (IOException e) {
            abort("npm is not there: " + e.getMessage());
        }
        return project;
    }

    /** Writes a file of the project. */
    public Path write(String name, byte[] content) throws IOException {
        return Files.write(directory.resolve(name), content);
    }

    /**
     * Runs a program in the directory to its end, for at most two minutes.
     *
     * @throws IOException where there is no such program
     */
    public Said run(List<String> command) throws IOException, InterruptedException {
        Path output = directory.resolve("output.log");
        Path errors = directory.resolve("errors.log");
        Process process =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile())
                        .start();
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                throw new IllegalStateException(command.getFirst() + " does not end");
            }
            return new Said(
                    process.exitValue(), Files.readString(output), Files.readString(errors));
        } finally {
            process.destroyForcibly();
        }
    }
}

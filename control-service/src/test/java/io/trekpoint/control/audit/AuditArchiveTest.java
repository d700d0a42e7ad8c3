package io.trekpoint.control.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.trekpoint.lanes.mirror.AuditRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditArchiveTest {
    private static final List<AuditRecord> CHAIN = chain(2_500);

    @TempDir private Path directory;

    @Test
    void keepsOneChainAcrossFiles() throws IOException {
        AuditArchive archive = AuditArchive.open(directory, "e");
        archive.add(CHAIN.subList(0, 7));
        archive.add(CHAIN.subList(7, 1_700));
        archive.add(CHAIN.subList(1_700, 2_500));
        assertThat(files())
                .extracting(file -> file.getFileName().toString())
                .containsExactly(
                        "0000000000000001.ndjson",
                        "0000000000001001.ndjson",
                        "0000000000002001.ndjson");
        assertThat(AuditFileCheck.check(List.of(directory.resolve("e"))))
                .isEqualTo(
                        new AuditFileCheck.Report(
                                true,
                                "verified: revisions 1 to 2500, chain " + CHAIN.getLast().hash()));
    }

    @Test
    void readsFromAnyPlaceInBothDirections() throws IOException {
        AuditArchive archive = AuditArchive.open(directory, "e");
        archive.add(CHAIN);
        assertThat(archive.find(1_001)).contains(CHAIN.get(1_000));
        assertThat(archive.find(2_501)).isEmpty();
        assertThat(archive.before(1_003, 5))
                .containsExactlyElementsOf(CHAIN.subList(997, 1_002).reversed());
        assertThat(archive.after(2_499)).containsExactly(CHAIN.getLast());
        assertThat(archive.after(999)).first().isEqualTo(CHAIN.get(999));
        assertThat(archive.after(2_500)).isEmpty();
        assertThat(archive.holds(2_500)).isTrue();
        assertThat(archive.holds(2_501)).isFalse();
    }

    @Test
    void goesOnAfterALineThatACrashHasCutShort() throws IOException {
        AuditArchive archive = AuditArchive.open(directory, "e");
        archive.add(CHAIN.subList(0, 5));
        Files.writeString(
                files().getFirst(),
                AuditLine.of(CHAIN.get(5)).substring(0, 60),
                StandardOpenOption.APPEND);
        AuditArchive reopened = AuditArchive.open(directory, "e");
        assertThat(reopened.last()).contains(CHAIN.get(4));
        reopened.add(CHAIN.subList(5, 9));
        assertThat(AuditFileCheck.check(files()).text()).startsWith("verified: revisions 1 to 9");
    }

    @Test
    void namesTheLineWhereAFileWasTamperedWith() throws IOException {
        AuditArchive.open(directory, "e").add(CHAIN.subList(0, 9));
        Path file = files().getFirst();
        String text = Files.readString(file);
        for (String tampered :
                List.of(
                        text.replace("\"reason\":\"r4\"", "\"reason\":\"r5\""),
                        text.replaceFirst("(?m)^.*\"revision\":4,.*\n", ""),
                        text.replaceFirst("(?m)^\\{\"revision\":4,", "{\"revision\":5,"))) {
            assertThat(tampered).isNotEqualTo(text);
            Files.writeString(file, tampered);
            AuditFileCheck.Report report = AuditFileCheck.check(List.of(file));
            assertThat(report.whole()).isFalse();
            assertThat(report.text()).contains("line 4").endsWith("whole up to revision 3");
        }
    }

    @Test
    void saysWhichFileIsNotThere() throws IOException {
        AuditArchive.open(directory, "e").add(CHAIN.subList(0, 9));
        Path missing = directory.resolve("nowhere");
        assertThat(AuditFileCheck.check(List.of(directory.resolve("e"), missing)))
                .isEqualTo(
                        new AuditFileCheck.Report(
                                false,
                                missing + ": there is no such file; whole up to revision 9"));
        assertThat(AuditFileCheck.check(List.of(missing)))
                .isEqualTo(new AuditFileCheck.Report(false, missing + ": there is no such file"));
    }

    @Test
    void saysWhichLineIsNoneOfAnAudit() throws IOException {
        Path garbled = Files.write(directory.resolve("garbled"), new byte[] {(byte) 0xff});
        assertThat(AuditFileCheck.check(List.of(garbled)))
                .isEqualTo(
                        new AuditFileCheck.Report(
                                false, garbled + ", line 1: is not a revision of an audit"));
    }

    @Test
    void leapsOnlyOverRevisionsThatWereLostWithARestoredState() {
        ChainCheck chain = new ChainCheck();
        CHAIN.subList(0, 3).forEach(chain::take);
        AuditRecord restored = record(9, CHAIN.get(2).hash(), AuditEntry.RESTORE_STATE);
        AuditRecord put = record(9, CHAIN.get(2).hash(), "put");
        assertThat(chain.take(put)).isPresent();
        assertThat(chain.take(restored)).isEmpty();
        assertThat(chain.revision()).isEqualTo(9);
    }

    private List<Path> files() throws IOException {
        try (var listed = Files.list(directory.resolve("e"))) {
            return listed.sorted().toList();
        }
    }

    private static List<AuditRecord> chain(int length) {
        List<AuditRecord> chain = new ArrayList<>();
        String hash = "";
        for (int revision = 1; revision <= length; revision++) {
            AuditRecord next = record(revision, hash, "put");
            chain.add(next);
            hash = next.hash();
        }
        return chain;
    }

    private static AuditRecord record(long revision, String previous, String action) {
        String entry =
                "{\"epoch\":\"e\",\"revision\":%d,\"action\":\"%s\",\"reason\":\"r%d\",\"changes\":[]}"
                        .formatted(revision, action, revision);
        return new AuditRecord(revision, entry, previous, AuditEntry.chain(previous, entry));
    }
}

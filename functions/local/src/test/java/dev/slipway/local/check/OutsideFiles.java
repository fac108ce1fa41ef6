package dev.slipway.local.check;

import dev.slipway.migration.StoreUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What sha256sum says of the files of a folder, or of the objects that {@code aws s3 cp} brings from a bucket.
 *
 * @param scratch an empty folder for a bucket's objects
 */
record OutsideFiles(OutsideTools tools, StoreUrl url, Path scratch) {

    Map<String, String> sums() throws IOException, InterruptedException {
        return url.scheme().equals("file") ? sumsOf(Path.of(url.uri().getPath())) : sumsOf(downloaded());
    }

    private Path downloaded() throws IOException, InterruptedException {
        Files.createDirectories(scratch);
        String from = "s3://" + url.host() + "/" + url.path();
        List<String> command = List.of(
                tools.aws().toString(), "s3", "cp", from, scratch.toString(), "--recursive", "--only-show-errors");
        OutsideCommand.of(tools.awsEnvironment(), command).run();
        return scratch;
    }

    /** Names may hold line ends, so records end with NUL. */
    private Map<String, String> sumsOf(Path folder) throws IOException, InterruptedException {
        List<String> find = List.of("find", folder.toString(), "-type", "f", "-print0");
        String output = OutsideCommand.of(Map.of(), find)
                .into("xargs", "-0", "-r", "sha256sum", "-z")
                .run();
        Map<String, String> sums = new TreeMap<>();
        for (String line : output.split("\0", 0)) {
            if (!line.isEmpty()) {
                String[] fields = line.split(" [ *]", 2);
                sums.put("file " + fields[1].substring(folder.toString().length() + 1), fields[0]);
            }
        }
        return sums;
    }
}

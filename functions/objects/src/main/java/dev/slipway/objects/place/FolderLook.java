package dev.slipway.objects.place;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Tells a visitor what a folder has, but for what is ours. */
final class FolderLook {
    private final Folder all;

    FolderLook(Folder all) {
        this.all = all;
    }

    /** Shows what is in the folder and in those in it that the visitor enters, in no order. */
    void visit(Path folder, FolderWalk visitor) throws IOException {
        boolean empty = true;
        try (var entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (!all.isOurs(entry)) {
                    empty = false;
                    show(entry, visitor);
                }
            }
        }
        visitor.folder(folder, empty);
    }

    private void show(Path entry, FolderWalk visitor) throws IOException {
        BasicFileAttributes facts;
        try {
            facts = Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return;
        }
        if (facts.isSymbolicLink()) {
            if (isLinkToOurFile(entry)) {
                visitor.file(entry);
            } else {
                visitor.other(entry, "a link that leads to no file of the folder");
            }
        } else if (facts.isDirectory()) {
            if (visitor.enters(entry)) {
                visit(entry, visitor);
            }
        } else if (facts.isRegularFile()) {
            visitor.file(entry);
        } else {
            visitor.other(entry, "a device, pipe or socket");
        }
    }

    private boolean isLinkToOurFile(Path link) {
        try {
            Path file = link.toRealPath();
            return file.startsWith(all.root()) && Files.isRegularFile(file);
        } catch (IOException e) {
            return false;
        }
    }
}

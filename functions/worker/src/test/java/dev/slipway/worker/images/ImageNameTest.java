package dev.slipway.worker.images;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ImageNameTest {
    @ParameterizedTest
    @CsvSource({
        "nginx, docker.io, library/nginx, latest",
        "shop/web:1.4, docker.io, shop/web, 1.4",
        "docker.io/nginx:1, docker.io, library/nginx, 1",
        "index.docker.io/shop/web, docker.io, shop/web, latest",
        "ghcr.io/shop/api/web:2, ghcr.io, shop/api/web, 2",
        "localhost:5000/web, localhost:5000, web, latest",
        "registry.example:5000/a/b@sha256:0a1b, registry.example:5000, a/b, sha256:0a1b",
        "ghcr.io/a/b:1@sha256:0a1b, ghcr.io, a/b, sha256:0a1b"
    })
    void readsNamesAsDockerDoes(String name, String host, String repository, String reference) {
        assertThat(ImageName.parse(name)).isEqualTo(new ImageName(host, repository, reference));
    }
}

package dev.slipway.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of an app with a database, a service and a secret. */
final class ShopFolder {
    static final String SECRET = "hunter2-9fK2s8dQ";

    private ShopFolder() {}

    static void write(Path folder) throws IOException {
        Files.writeString(folder.resolve("compose.yaml"), """
                name: shop
                services:
                  db:
                    image: postgres:16
                    environment: {POSTGRES_PASSWORD: %s, POSTGRES_DB: shop}
                    ports: ["5432:5432"]
                  web:
                    image: shop/web:1
                    ports: ["80:3000"]
                    environment: {DATABASE_URL: "postgres://postgres:%s@db:5432/shop"}
                    tmpfs: /run
                """.formatted(SECRET, SECRET));
    }
}

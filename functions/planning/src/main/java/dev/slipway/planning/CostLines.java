package dev.slipway.planning;

import dev.slipway.migration.plan.Cost;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prices things by what they are: an instance class and how many, gigabytes, tasks of a size. */
final class CostLines {
    static final String RDS = "Amazon RDS";
    static final String AURORA = "Amazon Aurora";
    static final String ELASTICACHE = "Amazon ElastiCache";
    static final String FARGATE = "AWS Fargate";
    static final String EC2 = "Amazon EC2";

    private static final BigDecimal UNITS_OF_CPU = BigDecimal.valueOf(1024);

    private static final Pattern MULTIPLE = Pattern.compile("(?<ten>ten )?(?<many>thousand|million) (?<what>.+)");

    private final PriceBook prices;
    private final List<Cost.Line> lines = new ArrayList<>();
    private final List<Cost.NotPriced> notPriced = new ArrayList<>();

    CostLines(PriceBook prices) {
        this.prices = prices;
    }

    /** @param copies with a standby in another zone, two */
    void database(String item, String instance, int copies) {
        add(RDS, item, "rds.postgres." + instance, BigDecimal.valueOf(copies), copies + " × " + instance);
    }

    /**
     * @param type {@code gp2} or {@code gp3}
     * @param copies each has all of it
     */
    void databaseStorage(String item, String type, int gb, int copies) {
        add(
                RDS,
                item,
                "rds.storage." + type,
                BigDecimal.valueOf((long) copies * gb),
                copies + " × " + gb + " GB " + type);
    }

    /** @param instances the writer and its readers, which are what Aurora has for a standby */
    void aurora(String item, String instance, int instances) {
        add(AURORA, item, "aurora.postgres." + instance, BigDecimal.valueOf(instances), instances + " × " + instance);
    }

    /** @param gb once, however many instances read it */
    void auroraStorage(String item, BigDecimal gb) {
        add(AURORA, item, "aurora.storage", gb);
    }

    void auroraRequests(String item, int millions) {
        add(AURORA, item, "aurora.io", BigDecimal.valueOf(millions));
    }

    /**
     * @param engine {@code redis} or {@code valkey}, which costs a fifth less
     * @param node e.g. {@code cache.t4g.small}
     */
    void cache(String item, String engine, String node, int nodes) {
        String price = "cache." + engine + "." + node.replaceFirst("^cache\\.", "");
        add(ELASTICACHE, item, price, BigDecimal.valueOf(nodes), nodes + " × " + node);
    }

    /**
     * Tasks of Fargate on x86, all month.
     *
     * @param cpu units of 1/1024 processor
     */
    void tasks(String item, int tasks, int cpu, int memoryMib) {
        Price task = taskHour(BigDecimal.valueOf(cpu), BigDecimal.valueOf(memoryMib));
        String quantity = tasks + " × " + cpu / 1024.0 + " vCPU, " + memoryMib + " MB";
        line(FARGATE, item, quantity, task, BigDecimal.valueOf(tasks));
    }

    /** As {@link #tasks}, of those that AWS may stop at any time. */
    void spareTasks(String item, int tasks, int cpu, int memoryMib) {
        Price vcpu = prices.of("fargate.spot.vcpu-hour");
        BigDecimal usd =
                hour(vcpu, prices.of("fargate.spot.gb-hour"), BigDecimal.valueOf(cpu), BigDecimal.valueOf(memoryMib));
        String quantity = tasks + " × " + cpu / 1024.0 + " vCPU, " + memoryMib + " MB";
        line(FARGATE, item, quantity, new Price(usd, "task-hour", vcpu.region()), BigDecimal.valueOf(tasks));
    }

    /** @param type e.g. {@code t3.micro} */
    void servers(String item, String type, int servers) {
        add(EC2, item, "ec2." + type, BigDecimal.valueOf(servers), servers + " × " + type);
    }

    /** A task of Fargate that does not run all month. */
    void taskFor(String item, int hours, int cpu, int memoryMib) {
        Price hour = taskHour(BigDecimal.valueOf(cpu), BigDecimal.valueOf(memoryMib));
        String quantity = hours + " h of " + cpu / 1024.0 + " vCPU, " + memoryMib + " MB";
        Price once = new Price(hour.usd(), "hour of a task", hour.region());
        line(FARGATE, item, quantity, once, BigDecimal.valueOf(hours));
    }

    /** What a task of that size costs in an hour. */
    Price taskHour(BigDecimal cpu, BigDecimal memoryMib) {
        Price vcpu = prices.of("fargate.vcpu-hour");
        BigDecimal usd = hour(vcpu, prices.of("fargate.gb-hour"), cpu, memoryMib);
        return new Price(usd, "task-hour", vcpu.region());
    }

    private static BigDecimal hour(Price vcpu, Price gb, BigDecimal cpu, BigDecimal memoryMib) {
        return vcpu.usd()
                .multiply(cpu)
                .divide(UNITS_OF_CPU)
                .add(gb.usd().multiply(memoryMib).divide(UNITS_OF_CPU))
                .stripTrailingZeros();
    }

    /** So many units of a price; what has none is told. */
    void add(String service, String item, String price, BigDecimal amount) {
        add(service, item, price, amount, "");
    }

    private void add(String service, String item, String price, BigDecimal amount, String quantity) {
        prices.find(price)
                .ifPresentOrElse(
                        unit -> line(
                                service,
                                item,
                                quantity.isEmpty() ? inWords(amount, unit.unit()) : quantity,
                                unit,
                                amount),
                        () -> notPriced(item, "no price of " + price + " is known"));
    }

    void notPriced(String item, String why) {
        notPriced.add(new Cost.NotPriced(item, why));
    }

    private void line(String service, String item, String quantity, Price unit, BigDecimal amount) {
        BigDecimal monthly = unit.usd().multiply(amount).multiply(unit.timesAMonth());
        lines.add(new Cost.Line(
                service,
                item,
                quantity,
                unit.usd(),
                unit.unit(),
                unit.region(),
                monthly.setScale(2, RoundingMode.HALF_UP)));
    }

    private static String inWords(BigDecimal amount, String unit) {
        String number = amount.stripTrailingZeros().toPlainString();
        if (unit.equals("month") || unit.endsWith("hour")) {
            return number;
        }
        if (unit.startsWith("GB")) {
            return number + " GB";
        }
        Matcher multiple = MULTIPLE.matcher(unit);
        return multiple.matches()
                ? String.format(Locale.ROOT, "%,.0f %s", amount.multiply(times(multiple)), multiple.group("what"))
                : number + " " + unit + "s";
    }

    private static BigDecimal times(Matcher multiple) {
        int tens = multiple.group("ten") == null ? 0 : 1;
        return BigDecimal.TEN.pow(tens + (multiple.group("many").equals("thousand") ? 3 : 6));
    }

    List<Cost.Line> lines() {
        return List.copyOf(lines);
    }

    List<Cost.NotPriced> notPriced() {
        return List.copyOf(notPriced);
    }
}

using System.Diagnostics;
using System.Text;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Secrets;

namespace Plimsoll.Engine.Tests.Secrets;

public sealed class SecretScannerTests
{
    static readonly string Token = new Bodies(7).Fill("ghp_{A36}");
    static readonly string Key = new Bodies(8).Fill("-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA{b48}\n{k24}\n{b40}\n-----END RSA PRIVATE KEY-----\n");

    // Beyond what is held between two pieces, so that pieces are also scanned where they lie.
    static readonly string Padding = string.Concat(Enumerable.Repeat("a line of words without any meaning\n", 800));

    [Fact]
    public void Every_cut_of_a_file_gives_the_same_findings()
    {
        var content = Encoding.UTF8.GetBytes($"A={Token}\n{Key}B=postgres://shop:Zx81qwerPo@db/shop\n");
        var whole = SecretScans.Of(content);
        Assert.Equal(["github-token", "private-key", "url-password"], whole.Select(hit => hit.Rule.Id));

        for (var cut = 1; cut < content.Length; cut++)
            Assert.Equal(whole, SecretScans.Of(content, "app/file", cut));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(511)]
    [InlineData(8191)]
    [InlineData(8704)]
    [InlineData(8705)]
    [InlineData(17408)]
    [InlineData(17409)]
    [InlineData(26113)]
    public void Pieces_of_any_length_give_the_same_findings(int length)
    {
        var content = Encoding.UTF8.GetBytes($"{Token}\n{Padding}{Key}{Padding}{Padding}X={Token[..^1]}Z\n{Padding}Y=redis://:Zx81qwerPo@db\n");
        var whole = SecretScans.Of(content);
        // The key has 28 lines, the padding 800.
        Assert.Equal([1, 802, 802 + 28 + 1600, 802 + 28 + 1600 + 801], whole.Select(hit => hit.Line));

        Assert.Equal(whole, SecretScans.Of(content, "app/file", [.. Enumerable.Range(1, (content.Length - 1) / length).Select(i => i * length)]));
    }

    [Fact]
    public void Pieces_of_random_length_give_the_same_findings()
    {
        var bodies = new Bodies(9);
        for (var round = 0; round < 40; round++)
        {
            var text = new StringBuilder();
            for (var i = 0; i < 6; i++)
                text.Append(Padding.AsSpan(0, bodies.Next(Padding.Length))).Append(bodies.Fill(bodies.Pick(["\ngl=glpat-{A20}\n", "\nnpm_{A36}\n", " https://u:{A12}@h\n"])));
            var content = Encoding.UTF8.GetBytes(text.ToString());
            var cuts = Enumerable.Range(0, bodies.Next(12)).Select(_ => bodies.Next(content.Length)).Order().ToArray();

            Assert.Equal(SecretScans.Of(content), SecretScans.Of(content, "app/file", cuts));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(13)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    public void A_secret_is_found_wherever_it_stands(int before)
    {
        for (var after = 0; after < 70; after++)
            Assert.Single(SecretScans.Of(new string('.', before) + Token + new string('.', after)));
    }

    [Fact]
    public void A_binary_file_has_no_lines_and_only_what_is_unlike_anything_else()
    {
        var hit = Assert.Single(SecretScans.Of($"\0\n\nDB_PASSWORD=Zx81qwerPo77\npostgres://u:Zx81qwerPo@h\n{Token}\0"));

        Assert.Equal(("github-token", null), (hit.Rule.Id, hit.Line));
    }

    [Fact]
    public void A_rule_for_text_does_not_look_over_control_characters() =>
        Assert.Empty(SecretScans.Of($"{Padding}\0\u0001postgres://u:Zx81qwerPo\u0002@h\0postgres://u:Zx81qwerPo@h"));

    [Fact]
    public void A_value_that_comes_again_in_a_file_is_said_once_with_its_first_line() =>
        Assert.Equal(2, Assert.Single(SecretScans.Of($"#\nA={Token}\nB={Token}\n")).Line);

    [Fact]
    public void Where_two_rules_see_the_same_characters_the_more_specific_stands() =>
        Assert.Equal("github-token", Assert.Single(SecretScans.Of($"GITHUB_TOKEN={Token}\n")).Rule.Id);

    [Fact]
    public void A_password_in_UTF_8_is_masked_as_it_is_read() =>
        Assert.Equal("pär****", Assert.Single(SecretScans.Of("url=redis://:pärlenfischer7@h\n")).Masked);

    [Fact]
    public void So_many_findings_of_a_file_are_enough()
    {
        var scanner = new SecretScanner(Limits.Default);
        var bodies = new Bodies(10);
        var many = string.Concat(Enumerable.Range(0, 200).Select(_ => bodies.Fill("npm_{A36}\n")));

        Assert.Equal(50, SecretScans.Scan(scanner, 0, Encoding.UTF8.GetBytes(many), "app/many").Count);
        Assert.Equal("app/many has more secrets than are listed (at most 50 of a file and 1000 of a layer)", Assert.Single(scanner.Notes));
    }

    [Fact]
    public void A_file_of_nothing_but_keywords_is_given_up_and_the_next_is_searched()
    {
        var scanner = new SecretScanner(Limits.Default);
        var hostile = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("-----BEGIN RSA PRIVATE KEY-----\nMIIE", 400_000)));
        var clock = Stopwatch.StartNew();

        Assert.Empty(SecretScans.Scan(scanner, 0, hostile, "app/hostile"));
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 20);
        Assert.Equal("app/hostile was not searched for secrets to its end: too much in it looks like one", Assert.Single(scanner.Notes));
        Assert.Single(SecretScans.Scan(scanner, 1, Encoding.UTF8.GetBytes(Token), "app/next"));
    }

    public static TheoryData<string> Rules => [.. SecretRules.InFiles.Select(rule => rule.Id)];

    /// <summary>Each rule's own keywords and the pieces that its expression repeats, for as long as the file is.</summary>
    [Theory]
    [MemberData(nameof(Rules))]
    public void No_expression_can_be_made_slow(string id)
    {
        var rule = SecretRules.InFiles.Single(rule => rule.Id == id);
        string[] fillers = ["", "a", "A1", "\\n", "\\\\n", " ", "'", "\n", "=", "Aa: , ", "x:y@", "user_", "-", "host=a;", "<a>", "\"a\":", "<password>", "login x password ", "eyJhbGciOi", ".ey", "0:AA", "Proc-Type: 4,ENCRYPTED\n"];
        var clock = Stopwatch.StartNew();

        foreach (var keyword in rule.Keywords)
            foreach (var filler in fillers)
            {
                var content = new StringBuilder();
                while (content.Length < 100_000)
                    content.Append(keyword).Append(string.Concat(Enumerable.Repeat(filler, 300 / Math.Max(1, filler.Length))));
                SecretScans.Of(content.ToString());
            }

        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 3.0 * rule.Keywords.Count);
    }

    [Fact]
    public void Nothing_is_allocated_while_nothing_is_found()
    {
        var scanner = new SecretScanner(Limits.Default);
        var content = Encoding.UTF8.GetBytes(Padding + "https://example.com/ password=changeme token: none AKIA npm_ ghp_short -----BEGIN CERTIFICATE-----\n" + Padding);
        SecretScans.Scan(scanner, 0, content, "app/file");
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            scanner.Begin(i, "app/file"u8, Engine.Files.EntryType.File, content.Length);
            scanner.Append(content);
            scanner.End();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Damaged_files_are_searched_without_an_error()
    {
        var bodies = new Bodies(11);
        for (var round = 0; round < 3_000; round++)
        {
            var content = bodies.Pick(SecretCorpus.Cases).Content.ToArray();
            for (var i = 0; i < 4; i++)
                content[bodies.Next(content.Length)] = (byte)bodies.Next(256);
            var other = bodies.Pick(SecretCorpus.Cases).Content;
            byte[] spliced = [.. content.AsSpan(bodies.Next(content.Length)), .. other.AsSpan(0, bodies.Next(other.Length))];

            Assert.All(SecretScans.Of(spliced), hit => Assert.EndsWith("****", hit.Masked, StringComparison.Ordinal));
        }
    }
}

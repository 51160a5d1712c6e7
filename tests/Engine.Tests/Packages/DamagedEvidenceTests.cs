using System.Globalization;
using CsCheck;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Tests.Images;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Packages;

[CollectionDefinition("Measured", DisableParallelization = true)]
public sealed class MeasuredCollection;

/// <summary>
/// Images with evidence for every package reader and the secret scanner, damaged in thousands of ways, always the same ones. Runs beside no
/// other test, so that the bytes it counts are its own.
/// </summary>
[Collection("Measured")]
public sealed class DamagedEvidenceTests(ITestOutputHelper output)
{
    const long MostBytes = 64L << 20;
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);
    static readonly string[] Paths = [.. EvidenceSamples.Files.Keys];

    /// <summary>Why a sound file is changed to one that nothing can be read of, and what the note says.</summary>
    static readonly Dictionary<string, string> Unreadable = new()
    {
        ["var/lib/dpkg/status"] = "a record without a package name or version",
        ["var/lib/dpkg/status.d/base"] = "a record without a package name or version",
        ["lib/apk/db/installed"] = "a record without a package name or version",
        ["var/lib/rpm/Packages"] = "it is cut short",
        ["usr/lib/sysimage/rpm/Packages.db"] = "it has fewer pages than it says",
        ["var/lib/rpm/rpmdb.sqlite"] = "it is cut short",
        ["var/lib/rpmmanifest/container-manifest-2"] = "a line without a package name or version",
        ["usr/local/bin/app"] = "it is cut short",
        ["usr/local/bin/old"] = "Go build information is broken",
        ["usr/local/bin/rust"] = "its compressed data is corrupt",
        ["srv/node_modules/@shop/cart/package.json"] = "it is not valid JSON",
        ["usr/lib/python3/dist-packages/six.dist-info/METADATA"] = "it names no distribution",
        ["srv/Shop.deps.json"] = "it is not valid JSON",
        ["usr/lib/ruby/gems/3.1.0/specifications/rack-2.2.6.gemspec"] = "it names no gem",
        ["srv/vendor/composer/installed.json"] = "it is not valid JSON",
        ["srv/app.jar"] = "it is",
    };

    static async Task<Report> Inspect(byte[] layer)
    {
        using var hang = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        hang.CancelAfter(Longest);
        var archive = TestImage.Tar(new TestImage(layer).Classic());
        return (await new Inspector(Engine.Archives.Limits.Default).Inspect(new InspectionRequest(new ImageSource.Stream(new MemoryStream(archive))), null, hang.Token)).Report;
    }

    static bool Reports(ImageReport image, string path) => EvidenceSamples.Files[path].Reported is not { } wanted
        || image.Packages.Any(package => package.Purl == wanted && package.Locations.Any(location => location.Split("!/")[0] == path))
        || image.Secrets.Any(secret => secret.Rule == wanted && secret.Path == path);

    [Fact]
    public async Task The_sound_image_has_a_package_or_a_secret_for_each_file()
    {
        var image = Assert.Single((await Inspect(EvidenceSamples.Layer().Tar())).Images);
        Assert.Empty(image.Notes);
        Assert.All(Paths, path => Assert.True(Reports(image, path), $"{path} is not reported among {string.Join(' ', image.Packages.Select(package => package.Purl))}"));
    }

    [Fact]
    public async Task Each_file_that_cannot_be_read_is_noted_with_its_reason_and_the_rest_is_reported()
    {
        var image = Assert.Single((await Inspect(EvidenceSamples.Layer((path, content) => Unreadable.ContainsKey(path) ? Broken(path, content) : content).Tar())).Images);
        foreach (var (path, reason) in Unreadable)
            Assert.True(image.Notes.Any(note => note.StartsWith($"layer 0: {path}", StringComparison.Ordinal) && note.Contains(reason, StringComparison.Ordinal)), $"{path} is not in the notes: {string.Join('\n', image.Notes)}");
        Assert.Equal(Unreadable.Count, image.Notes.Count);
        Assert.All(Paths.Except(Unreadable.Keys), path => Assert.True(Reports(image, path), $"{path} is not reported"));
    }

    // Lines that name nothing in place of a text; half of what has a structure; and in two programs what is read of them alone.
    static byte[] Broken(string path, byte[] content) => path switch
    {
        "usr/local/bin/rust" => [.. content[..130], .. Enumerable.Repeat((byte)0xff, 16), .. content[146..]],
        "usr/local/bin/old" => [.. content[..0x2050], .. Enumerable.Repeat((byte)0xff, 16), .. content[0x2060..]],
        _ when Unreadable[path].StartsWith("it is", StringComparison.Ordinal) || path.EndsWith(".db", StringComparison.Ordinal) => content[..(content.Length / 2)],
        _ => "Description: nothing\nT:nothing\n\n"u8.ToArray(),
    };

    async Task Survive(int from, int count, Func<PCG, int, (byte[] Layer, string? Path)> damaged)
    {
        var (reports, failures, noted, most, total) = (0, 0, 0, 0L, 0L);
        for (var number = from; number < from + count; number++)
        {
            var (layer, path) = damaged(new PCG((uint)number, 20260303), number);
            var before = GC.GetTotalAllocatedBytes();
            try
            {
                var report = await Inspect(layer);
                Assert.Equal(1, report.Images.Count + report.Failures.Count);
                Assert.All(report.Failures, failure => Assert.NotEmpty(failure.Reason));
                (reports, failures) = (reports + report.Images.Count, failures + report.Failures.Count);
                if (path is not null)
                    noted += Check(Assert.Single(report.Images), path);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"input {number} broke the inspection", e);
            }
            var allocated = GC.GetTotalAllocatedBytes() - before;
            (most, total) = (Math.Max(most, allocated), total + allocated);
            Assert.True(allocated < MostBytes, $"input {number} took {allocated} bytes");
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{count:N0} damaged images: {reports:N0} reports, {failures:N0} failures, {noted:N0} with a note; {total / count >> 10:N0} KiB allocated for one, at most {most >> 10:N0} KiB"));
        Assert.True(reports > 0, "nothing was reported");
    }

    /// <summary>The damage of one file is noted of that file alone, and all others are reported.</summary>
    static int Check(ImageReport image, string path)
    {
        Assert.All(image.Notes, note => Assert.StartsWith($"layer 0: {path}", note, StringComparison.Ordinal));
        Assert.All(Paths, other => Assert.True(other == path || Reports(image, other), $"{other} is not reported, though {path} is damaged"));
        return Math.Min(1, image.Notes.Count);
    }

    static (byte[], string?) InOneFile(PCG random, int number)
    {
        var damaged = Paths[number % Paths.Length];
        return (EvidenceSamples.Layer((path, content) => path == damaged ? ImageDamage.Of(content, random) : content).Tar(), damaged);
    }

    static readonly byte[] Sound = EvidenceSamples.Layer().Tar();

    static (byte[], string?) InTheTar(PCG random, int number) => (number % 2 == 0 ? ImageDamage.Tar(Sound, random) : ImageDamage.Headers(Sound, random), null);

    [Fact]
    public Task A_damaged_file_harms_none_of_the_others() => Survive(0, 2_500, InOneFile);

    [Fact]
    public Task A_damaged_tar_ends_with_a_report_or_a_reason() => Survive(0, 1_500, InTheTar);

    [Fact]
    [Trait("Category", "Slow")]
    public Task Neither_do_twenty_five_thousand_damaged_files() => Survive(2_500, 25_000, InOneFile);

    [Fact]
    [Trait("Category", "Slow")]
    public Task So_do_fifteen_thousand_damaged_tars() => Survive(1_500, 15_000, InTheTar);
}

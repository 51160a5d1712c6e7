using System.Globalization;
using System.Text;
using CsCheck;
using Plimsoll.Engine.Tests.Samples;
using static Plimsoll.Engine.Tests.Samples.TestImage;

namespace Plimsoll.Engine.Tests.Images;

/// <summary>
/// Tens of thousands of damaged images. Each must end in a report or a failure with a reason: no exception, no hang, and never more than
/// 256 MiB allocated for one. A failure prints the number of its input; the same number makes the same input again.
/// </summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    const long MostBytes = 256L << 20;
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    static readonly TestLayer Base = new TestLayer()
        .Directory("etc").File("etc/passwd", "root:x:0:0:root:/root:/bin/sh\napp:x:1000:1000::/home/app:/bin/sh\n").File("etc/shadow", "root::1:0:99999:7:::\n")
        .File("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n").File("var/lib/dpkg/status", "Package: libc6\nStatus: install ok installed\nVersion: 2.36-9\nSource: glibc (2.36)\n\n")
        .File("lib/apk/db/installed", "P:musl\nV:1.2.5-r0\nA:x86_64\nL:MIT\no:musl\n\n").Symlink("bin", "usr/bin").File("usr/bin/app", 3000)
        .HardLink("usr/bin/app2", "usr/bin/app").File("a/b/c/d", 100);

    static readonly TestLayer Top = new TestLayer()
        .File("usr/bin/app", 3000, uid: 5).Delete("a/b").Directory("etc").Opaque("etc").File(new string('n', 200) + "/long", 10).Symlink("loop", "loop").File("bin/sh", 5)
        .File("root/.ssh/id_rsa", "-----BEGIN PRIVATE KEY-----\nAAAA\n");

    static readonly byte[][] Layers = [Base.Tar(), Top.Tar()];

    static TestImage Image(Packing packing = Packing.None) => new(Layers) { Packed = packing };

    static byte[] MutateDocument(TestImage image, PCG random)
    {
        var files = image.BuildKit();
        var name = new[] { "index.json", "manifest.json", BlobName(image.ConfigBytes), BlobName(image.ManifestBytes) }[random.Next(4)];
        var bytes = ImageDamage.Of(files[name], random);
        files.Remove(name);
        if (name.StartsWith("blobs/", StringComparison.Ordinal))
        {
            // The documents above it point at what it is now.
            var (old, now) = (name["blobs/sha256/".Length..], Engine.Images.Digest.Of(bytes).Hex);
            foreach (var other in files.Keys.Where(key => key.EndsWith(".json", StringComparison.Ordinal) || key == BlobName(image.ManifestBytes)).ToList())
                files[other] = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(files[other]).Replace(old, now, StringComparison.Ordinal));
            name = BlobName(bytes);
        }
        files[name] = bytes;
        if (random.Next(2) == 0)
            files.Remove("index.json");
        return Tar(files);
    }

    static byte[] MutatePacked(Packing packing, PCG random)
    {
        var files = Image(packing).Kaniko();
        var name = files.Keys.First(key => key.EndsWith(".gz", StringComparison.Ordinal));
        files[name] = ImageDamage.Of(files[name], random);
        return Tar(files);
    }

    internal static byte[] Input(int number)
    {
        var random = new PCG((uint)number, 20260101);
        return (number % 8) switch
        {
            0 => ImageDamage.Of(Tar(Image().Classic()), random),
            1 => ImageDamage.Of(Tar(Image(Packing.Gzip).BuildKit()), random),
            2 => MutatePacked(Packing.Gzip, random),
            3 => MutatePacked(Packing.Zstd, random),
            4 => MutateDocument(Image(), random),
            _ => Tar(new TestImage(ImageDamage.Tar(Layers[0], random), ImageDamage.Tar(Layers[1], random)).Classic()),
        };
    }

    async Task Survives(int from, int count)
    {
        var (reports, failures, most) = (0, 0, 0L);
        for (var number = from; number < from + count; number++)
        {
            var input = Input(number);
            var before = GC.GetTotalAllocatedBytes();
            using var hang = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            hang.CancelAfter(Longest);
            try
            {
                var report = (await new Inspector(Engine.Archives.Limits.Default)
                    .Inspect(new InspectionRequest(new ImageSource.Stream(new MemoryStream(input))), null, hang.Token)).Report;
                Assert.True(report.Images.Count + report.Failures.Count > 0, "neither a report nor a failure");
                Assert.All(report.Failures, failure => Assert.NotEmpty(failure.Reason));
                (reports, failures) = (reports + report.Images.Count, failures + report.Failures.Count);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"input {number} broke the inspection", e);
            }
            most = Math.Max(most, GC.GetTotalAllocatedBytes() - before);
            Assert.True(most < MostBytes, $"input {number} took {most} bytes");
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count:N0} damaged images: {reports:N0} reports, {failures:N0} failures, at most {most >> 10:N0} KiB allocated for one"));
        Assert.True(reports > 0 && failures > 0, "the damage is all of one kind");
    }

    [Fact]
    public Task Two_thousand_damaged_images_do_no_harm() => Survives(0, 2_000);

    [Fact]
    [Trait("Category", "Slow")]
    public Task Fifty_thousand_damaged_images_do_no_harm() => Survives(2_000, 50_000);
}

using System.Text;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Images.Registry;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Tests.Samples;
using static Plimsoll.Engine.Tests.Registry.ScriptedRegistry;

namespace Plimsoll.Engine.Tests.Registry;

/// <summary>One image in a scripted registry, and what tests ask of it.</summary>
internal static class RegistryCase
{
    public static readonly TestImage Image = new(new TestLayer().File("bin/app", Noise(200_000)).Tar()) { Packed = Packing.Gzip };

    public static byte[] Noise(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i * 2654435761u >> 13))];

    public static Answer Content(string path)
    {
        if (path.Contains("/manifests/", StringComparison.Ordinal))
            return new(200, Image.ManifestBytes, "application/vnd.oci.image.manifest.v1+json");
        var blob = Image.Stored.Append(Image.ConfigBytes).FirstOrDefault(blob => path.EndsWith(Digest.Of(blob).Value, StringComparison.Ordinal));
        return blob is null ? new(404) : new(200, blob, "application/octet-stream");
    }

    public static async Task<Report> Inspect(ScriptedRegistry registry, RegistryOptions? options = null, string name = "shop/web:1", Limits? limits = null)
    {
        options ??= new RegistryOptions();
        options = options with { PlainHttp = options.PlainHttp.Append(registry.Host).ToHashSet() };
        var request = new InspectionRequest(new ImageSource.Registry(ImageName.Parse($"{registry.Host}/{name}")));
        return (await new Inspector(limits ?? Limits.Default, options).Inspect(request, null, TestContext.Current.CancellationToken)).Report;
    }

    public static async Task IsRead(ScriptedRegistry registry, RegistryOptions? options = null)
    {
        var report = await Inspect(registry, options);
        Assert.Empty(report.Failures);
        Assert.Equal(200_000, Assert.Single(report.Images).Image.Size);
    }

    public static async Task<Failure> IsRefused(ScriptedRegistry registry, RegistryOptions? options = null, Limits? limits = null)
    {
        var report = await Inspect(registry, options, limits: limits);
        Assert.Empty(report.Images);
        return Assert.Single(report.Failures);
    }

    public static RegistryOptions Hasty(HastyClock clock) => new() { Clock = clock, IdleTimeout = TimeSpan.FromMinutes(10) };

    public static RegistryOptions Login(TemporaryFolder folder, string host, string json) =>
        new() { CredentialFiles = [folder.Write("config.json", json.Replace("HOST", host, StringComparison.Ordinal))] };

    public static string Auth(string user, string password) => """{"auths":{"HOST":{"auth":"LOGIN"}}}""".Replace("LOGIN", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
}

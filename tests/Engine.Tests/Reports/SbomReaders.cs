using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Reports;

/// <summary>
/// Other people's readers of what we write, from npm, fetched once and kept under <c>.cache/sbom</c>: CycloneDX's own validator with its
/// schemas, and the parsers of package URLs and licence expressions that npm's world uses.
/// </summary>
internal static class SbomReaders
{
    static readonly string[] Packages =
    [
        "@cyclonedx/cyclonedx-library@10.3.0", "ajv@8.20.0", "ajv-formats@3.0.1", "ajv-formats-draft2019@1.6.1", "packageurl-js@2.0.1", "spdx-expression-parse@4.0.0",
    ];

    static readonly SemaphoreSlim Installing = new(1, 1);

    /// <summary>Runs a script in which <c>input</c> is a text; returns what it prints.</summary>
    public static async Task<string> Run(string script, string input)
    {
        Tool.SkipWithout("npm", "node");
        var modules = await Modules();
        using var folder = new TemporaryFolder();
        var (code, data) = (folder.Write("script.js", $"const input = require('fs').readFileSync(process.argv[2], 'utf8');\n{script}"), folder.Write("input", input));
        return await Tool.Run("node", [code, data], new Dictionary<string, string> { ["NODE_PATH"] = modules });
    }

    /// <summary>What CycloneDX's validator has against a document, by the strict form of the schema of 1.6; <c>null</c> when it is valid.</summary>
    public static async Task<string> Complaints(string document) => (await Run(
        """
        const { Spec, Validation } = require('@cyclonedx/cyclonedx-library');
        new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(input).then(error => console.log(JSON.stringify(error)));
        """, document)).Trim();

    static async Task<string> Modules()
    {
        var folder = Repository.At(".cache/sbom");
        await Installing.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (!File.Exists(Path.Combine(folder, "done")))
            {
                try
                {
                    await Tool.Run("npm", ["install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, .. Packages]);
                }
                catch (Xunit.Sdk.TrueException e)
                {
                    Assert.Skip($"the npm registry does not answer: {e.Message}");
                }
                await File.WriteAllTextAsync(Path.Combine(folder, "done"), "", TestContext.Current.CancellationToken);
            }
        }
        finally
        {
            Installing.Release();
        }
        return Path.Combine(folder, "node_modules");
    }
}

using System.Text.Json;
using CsCheck;
using Plimsoll.Engine.Packages;

namespace Plimsoll.Engine.Tests.Packages.Executables;

/// <summary>Damages a file in thousands of ways, always the same ones, and has it read each time.</summary>
internal static class Mutations
{
    const int Longest = 64;

    /// <summary>
    /// How many of the damaged files still gave packages. Any exception but the three that a reader may throw fails the test. The damage is done at
    /// <paramref name="places"/>, where the reader looks; anywhere when there are none.
    /// </summary>
    public static int Read(IPackageReader reader, string path, byte[] file, int count, params Range[] places)
    {
        var (random, damaged, withPackages) = (new PCG(1, 20261), file.ToArray(), 0);
        if (places.Length == 0)
            places = [Range.All];
        for (var i = 0; i < count; i++)
        {
            var (start, length) = places[Below(places.Length, random)].GetOffsetAndLength(file.Length);
            var at = start + Below(length, random);
            var end = Damage(damaged, at, random);
            try
            {
                withPackages += reader.Read(new EvidenceFile(path, damaged.AsMemory(0, end))).Packages.Count > 0 ? 1 : 0;
            }
            catch (Exception e) when (e is MalformedFileException or JsonException or InvalidDataException)
            {
                // What a reader may say of a damaged file.
            }
            var repair = Math.Min(Longest, file.Length - at);
            file.AsSpan(at, repair).CopyTo(damaged.AsSpan(at));
        }
        return withPackages;
    }

    /// <summary>Returns where the damaged file ends.</summary>
    static int Damage(byte[] file, int at, PCG random)
    {
        var part = file.AsSpan(at, Math.Min(1 + Below(Longest - 1, random), file.Length - at));
        switch (Below(5, random))
        {
            case 0:
                return at;
            case 1:
                file.AsSpan(Below(file.Length - part.Length, random), part.Length).CopyTo(part);
                break;
            case 2:
                // The largest numbers, where sums overflow.
                part[..Math.Min(part.Length, 1 + Below(8, random))].Fill(0xFF);
                break;
            case 3:
                foreach (ref var b in part)
                    b = (byte)random.Next();
                break;
            default:
                part[0] ^= (byte)(1 << Below(8, random));
                break;
        }
        return file.Length;
    }

    static int Below(int limit, PCG random) => (int)random.Next((uint)limit);
}

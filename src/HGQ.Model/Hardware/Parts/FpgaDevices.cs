using System;
using System.Collections.Generic;

namespace HGQ.Model.Hardware.Parts;

/// <summary>Devices of AMD's product tables (DS180, DS890, DS891, DS950 and the Alveo and Kria data sheets), commercial names.</summary>
internal static class FpgaDevices
{
    /// <summary>All of them.</summary>
    public static HashSet<string> All { get; } = new(
        (
            // 7 series and Zynq-7000.
            "xc7s6 xc7s15 xc7s25 xc7s50 xc7s75 xc7s100 xc7a12t xc7a15t xc7a25t xc7a35t xc7a50t xc7a75t xc7a100t xc7a200t "
            + "xc7k70t xc7k160t xc7k325t xc7k355t xc7k410t xc7k420t xc7k480t xc7v585t xc7v2000t "
            + "xc7vx330t xc7vx415t xc7vx485t xc7vx550t xc7vx690t xc7vx980t xc7vx1140t xc7vh580t xc7vh870t "
            + "xc7z007s xc7z010 xc7z012s xc7z014s xc7z015 xc7z020 xc7z030 xc7z035 xc7z045 xc7z100 "
            // UltraScale.
            + "xcku025 xcku035 xcku040 xcku060 xcku085 xcku095 xcku115 xcvu065 xcvu080 xcvu095 xcvu125 xcvu160 xcvu190 xcvu440 "
            // UltraScale+.
            + "xcau7p xcau10p xcau15p xcau20p xcau25p xcku3p xcku5p xcku9p xcku11p xcku13p xcku15p xcku19p "
            + "xcvu3p xcvu5p xcvu7p xcvu9p xcvu11p xcvu13p xcvu19p xcvu23p xcvu27p xcvu29p xcvu31p xcvu33p xcvu35p xcvu37p "
            + "xcvu45p xcvu47p xcvu57p "
            + "xczu1cg xczu1eg xczu2cg xczu2eg xczu3cg xczu3eg xczu4cg xczu4eg xczu4ev xczu5cg xczu5eg xczu5ev xczu6cg xczu6eg "
            + "xczu7cg xczu7eg xczu7ev "
            + "xczu9cg xczu9eg xczu11eg xczu15eg xczu17eg xczu19eg "
            + "xczu21dr xczu25dr xczu27dr xczu28dr xczu29dr xczu39dr xczu42dr xczu43dr xczu46dr xczu47dr xczu48dr xczu49dr "
            + "xczu63dr xczu64dr xczu65dr xczu67dr "
            // Alveo and Kria.
            + "xcu25 xcu26 xcu30 xcu50 xcu55c xcu55n xcu200 xcu250 xcu280 xck24 xck26 "
            // Versal.
            + "xcvc1352 xcvc1502 xcvc1702 xcvc1802 xcvc1902 xcvc2602 xcvc2802 xcve1752 xcve2002 xcve2102 xcve2202 xcve2302 "
            + "xcve2602 xcve2802 "
            + "xcvm1102 xcvm1302 xcvm1402 xcvm1502 xcvm1802 xcvm2152 xcvm2202 xcvm2302 xcvm2502 xcvm2902 "
            + "xcvp1002 xcvp1052 xcvp1102 xcvp1202 xcvp1402 xcvp1502 xcvp1552 xcvp1702 xcvp1802 xcvp1902 xcvp2502 xcvp2802 "
            + "xcvh1522 xcvh1542 xcvh1582 xcvh1742 xcvh1782")
        .Split([' '], StringSplitOptions.RemoveEmptyEntries),
        StringComparer.Ordinal);
}

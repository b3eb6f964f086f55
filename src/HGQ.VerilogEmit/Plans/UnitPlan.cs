using System.Collections.Generic;
using HGQ.Model.Hardware.Streams;

namespace HGQ.VerilogEmit.Plans;

/// <summary>The module of a unit between streams: its line, its counters, and the modules of its circuit's layers.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Module">Name of the module, and of its file.</param>
/// <param name="Identifier">Its name in the top module, behind <c>u_</c>.</param>
/// <param name="Layers">A module for each layer that has cells.</param>
/// <param name="Storage">What is kept of the positions that pass.</param>
/// <param name="Grid">Its positions as rows and columns.</param>
/// <param name="IsLast">Whether it gives the results.</param>
internal sealed record UnitPlan(
    StreamUnit Unit, string Module, string Identifier, IReadOnlyList<LayerPlan> Layers, LineStorage Storage, PositionGrid Grid,
        bool IsLast);

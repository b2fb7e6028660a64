// Add-ons of Nest that are CommonJS load Nest's ES modules with require(). Inside Jest that works only when these are
// loaded already, so they come first.
import '@nestjs/common';
import '@nestjs/core';

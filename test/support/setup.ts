// CommonJS add-ons of Nest must find the ES module instances that everybody else uses.
import '@nestjs/common';
import '@nestjs/core';
import 'reflect-metadata';
